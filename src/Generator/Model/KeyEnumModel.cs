namespace TypedCache.Generator.Model;

/// <summary>An enum whose names are written into keys by a generated method.</summary>
/// <param name="UnderlyingType">The number type for values without a name.</param>
internal sealed record KeyEnumModel(
    string MethodName,
    string Type,
    string UnderlyingType,
    EquatableArray<KeyEnumMember> Members);

/// <summary>One value of an enum: its name, and the expression of the value as code.</summary>
internal sealed record KeyEnumMember(string Name, string Expression);

namespace TypedCache.Generator.Model;

/// <summary>One generated method.</summary>
/// <param name="Name">The name as code.</param>
/// <param name="ExplicitInterface">The base interface that declares it, as code; null for a member of the client's own interface.</param>
/// <param name="Arguments">What the parameters mean to the operation.</param>
/// <param name="Codec">The codec of the value; null for operations without one.</param>
/// <param name="Create">The function that creates missing values; null for operations without one.</param>
/// <param name="Options">How values are kept.</param>
internal sealed record MethodModel(
    string Name,
    string? ExplicitInterface,
    CacheOperation Operation,
    EquatableArray<ParameterModel> Parameters,
    KeyModel Key,
    ArgumentsModel Arguments,
    ExpiryModel Expiry,
    ResultModel Result,
    MethodCodec? Codec,
    CreateModel? Create,
    OptionsModel Options)
{
    /// <summary>Finds near values by its arguments; null where the key is needed.</summary>
    public NearIndexModel? Index { get; init; }

    /// <summary>What a near value is called in a method with an index.</summary>
    public string NearName { get; init; } = "near";

    /// <summary>What the key is called in a method with an index.</summary>
    public string KeyName { get; init; } = "key";

    /// <summary>The tags of what it reads or stores; null where that has none.</summary>
    public TaggedModel? Tagged { get; init; }
}

/// <summary>A parameter as it is declared; both strings are code.</summary>
internal sealed record ParameterModel(string Type, string Name);

/// <summary>A codec and the type that it reads and writes, as code.</summary>
/// <param name="FieldName">
/// Where the codec's expression makes a new object on each evaluation, the name of the static field that keeps one; else null.
/// </param>
internal sealed record MethodCodec(CodecReference Reference, string ValueType, string? FieldName)
{
    /// <summary>How a method names the codec.</summary>
    public string Expression => FieldName ?? Reference.Expression;
}

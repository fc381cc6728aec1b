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
    OptionsModel Options);

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

namespace TypedCache.Generator.Model;

/// <summary>Finds near values by the arguments of methods, so that a hit writes no key.</summary>
/// <param name="Key">The key's parts: methods with one key share an index.</param>
/// <param name="Arguments">The type of what the key is made of, as code: one type, or a tuple.</param>
/// <param name="ValueType">The type of the values, as code.</param>
/// <param name="Codec">The codec, as code.</param>
/// <param name="Near">How the values are kept.</param>
internal sealed record NearIndexModel(EquatableArray<KeyPart> Key, string Arguments, string ValueType, string Codec, NearModel Near)
{
    // Of these, equal values have one text. Others, such as a decimal or a point in time, can be equal and be written differently.
    private static readonly string[] Types =
        ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "char", "bool", "string", "global::System.Guid"];

    /// <summary>The index of a method; null where the key is needed all the same.</summary>
    public static NearIndexModel? Of(MethodModel method)
    {
        var isPlain = method is
        {
            Operation: CacheOperation.Get or CacheOperation.GetOrCreate,
            Arguments.Batch: null,
            Tagged: null,
            Codec: not null,
            Result: { WantsCacheValue: false, IsTask: false, Converter: null },
            Options.Near: { IsOn: true, SharesValues: true },
        };
        var key = method.Key;
        return isPlain && !key.IsConstant && key.Parts.All(IsWhole) && key.Parameters.All(static parameter => Types.Contains(parameter.Type))
            ? new NearIndexModel(key.Parts, Tuple(key.Parameters.Select(static parameter => parameter.Type)), method.Codec!.ValueType, method.Codec.Expression, method.Options.Near)
            : null;
    }

    /// <summary>Several expressions as one.</summary>
    public static string Tuple(IEnumerable<string> parts) => parts.ToArray() is [var only] ? only : $"({string.Join(", ", parts)})";

    private static bool IsWhole(KeyPart part) => part is LiteralKeyPart or ValueKeyPart { Expression: ValueKeyPart.Root, EnumMethod: null };
}

/// <summary>A field of the client that holds an index.</summary>
internal sealed record NearIndexField(string Name, NearIndexModel Index);

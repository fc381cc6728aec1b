namespace TypedCache.Generator.Model;

/// <summary>How emitted code names the codec of a value type.</summary>
/// <param name="Expression">
/// A C# expression of type <c>ICacheCodec&lt;T&gt;</c>: a built-in one such as <c>global::TypedCache.Values.CacheCodecs.String</c>,
/// the instance of a codec emitted into the same file, such as <c>ProductCodec.Instance</c>, or one that makes a codec.
/// </param>
/// <param name="Writes">
/// What says which bytes it writes: the class of an emitted codec, or the full name of another one. That of <c>T?</c> is that of
/// <c>T</c>, since both write the same.
/// </param>
internal sealed record CodecReference(string Expression, string Writes)
{
    /// <summary>What the field is called that keeps the codec, where each evaluation of the expression makes a new one; else null.</summary>
    public string? FieldName { get; init; }

    /// <summary>The class that an attribute names, for people; null for the codec that the type has by itself.</summary>
    public string? CustomName { get; init; }

    /// <summary>The codec of <c>T?</c> over this one of <c>T</c>.</summary>
    /// <param name="fieldName">What the field is called that keeps it.</param>
    /// <param name="valueType">The type <c>T</c> as code: one class can be the codec of several.</param>
    public CodecReference OfNullable(string fieldName, string valueType) =>
        this with { Expression = $"{RuntimeNames.Code.NullableCodec}<{valueType}>({Expression})", FieldName = fieldName };

    /// <summary>This codec, which then refuses null.</summary>
    public CodecReference RefusingNull()
    {
        const string Suppression = "!";
        var isSuppressed = Expression.EndsWith(Suppression, StringComparison.Ordinal);
        var inner = isSuppressed ? Expression.Substring(0, Expression.Length - Suppression.Length) : Expression;
        return this with
        {
            Expression = $"{RuntimeNames.Code.NotNullCodec}({inner}){(isSuppressed ? Suppression : "")}",
            FieldName = FieldName is null ? $"_notNull{Writes}" : $"_notNull{char.ToUpperInvariant(FieldName[1])}{FieldName.Substring(2)}",
        };
    }

    /// <summary>The codec that stores what this one writes uncompressed.</summary>
    public CodecReference AsUncompressed() =>
        this with { Expression = $"{RuntimeNames.Code.UncompressedCodec}({Expression})", FieldName = "_uncompressedCodec" };

    /// <summary>Whether it is one of the runtime's own, which store text, bytes and numbers as they are and have no form for null.</summary>
    public bool IsBuiltIn => Expression.StartsWith(RuntimeNames.Code.BuiltInCodecs + ".", StringComparison.Ordinal);
}

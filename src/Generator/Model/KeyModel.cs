namespace TypedCache.Generator.Model;

/// <summary>A key as it is written, part by part; two literals never follow each other.</summary>
/// <param name="Parameters">
/// What its arguments are called, in the order of the template: parameters of the member, or an item of its collection.
/// </param>
/// <param name="Text">The whole template with prefix and version, for people.</param>
internal sealed record KeyModel(EquatableArray<KeyPart> Parts, EquatableArray<ParameterModel> Parameters, string Text)
{
    /// <summary>The template alone: what telemetry calls the key.</summary>
    public string Label { get; init; } = Text;

    /// <summary>Whether a part of it is a secret, so that messages show the template and not the key.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>The key with a mark for each argument, whatever that is: what all values with a tag of this kind are grouped by.</summary>
    public string Group => string.Concat(Parts.Select(static part => part is LiteralKeyPart literal ? literal.Text : "{*}"));

    /// <summary>Whether the key is the same for all arguments.</summary>
    public bool IsConstant => Parts.All(static part => part is LiteralKeyPart);

    /// <summary>Whether telemetry calls both the same.</summary>
    public bool IsCalledLike(KeyModel other) => Label == other.Label || IsWrittenLike(other);

    /// <summary>Whether the same code writes both, whatever their arguments are called.</summary>
    public bool IsWrittenLike(KeyModel other) =>
        Parts.Equals(other.Parts)
        && Parameters.Select(static parameter => parameter.Type).SequenceEqual(other.Parameters.Select(static parameter => parameter.Type));
}

/// <summary>A part of a key.</summary>
internal abstract record KeyPart;

/// <summary>Fixed text.</summary>
internal sealed record LiteralKeyPart(string Text) : KeyPart;

/// <summary>An argument.</summary>
/// <param name="Parameter">Which of the key's parameters it is made of.</param>
/// <param name="Expression">The argument, as code in which <c>$</c> stands for the parameter.</param>
/// <param name="Format">The format it is written with, or null for the type's own.</param>
/// <param name="EnumMethod">The generated method that writes an enum by its names; null for all else.</param>
/// <param name="Delimiter">The byte that ends the part and therefore has to be escaped in it; 0 for none.</param>
/// <param name="Bound">How long a text can be; null without a limit.</param>
internal sealed record ValueKeyPart(
    int Parameter,
    string Expression,
    string? Format = null,
    string? EnumMethod = null,
    byte Delimiter = 0,
    KeyPartBound? Bound = null) : KeyPart
{
    /// <summary>The method of the key writer that takes it.</summary>
    public string Method { get; init; } = "Append";

    /// <summary>What stands for the parameter in <see cref="Expression"/>. No C# name contains it.</summary>
    public const string Root = "$";
}

/// <summary>The most UTF-16 code units of a text, and what it is called where one is longer.</summary>
internal sealed record KeyPartBound(int MaxLength, string Name);

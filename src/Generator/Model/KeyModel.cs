namespace TypedCache.Generator.Model;

/// <summary>A key as it is written, part by part; two literals never follow each other.</summary>
/// <param name="Text">The whole template with prefix and version, for people.</param>
/// <param name="WriterName">What the key writer is called, so that no parameter has the same name.</param>
internal sealed record KeyModel(EquatableArray<KeyPart> Parts, string Text, string WriterName);

/// <summary>A part of a key.</summary>
internal abstract record KeyPart;

/// <summary>Fixed text.</summary>
internal sealed record LiteralKeyPart(string Text) : KeyPart;

/// <summary>An argument.</summary>
/// <param name="Expression">The argument, as code.</param>
/// <param name="Format">The format it is written with, or null for the type's own.</param>
/// <param name="EnumMethod">The generated method which writes it, for enums.</param>
/// <param name="Delimiter">The byte which ends the part and therefore has to be escaped in it; 0 for none.</param>
/// <param name="Bound">How long a text can be; null without a limit.</param>
internal sealed record ValueKeyPart(
    string Expression,
    KeyPartForm Form,
    string? Format = null,
    string? EnumMethod = null,
    byte Delimiter = 0,
    KeyPartBound? Bound = null) : KeyPart;

/// <summary>The most UTF-16 code units of a text, and what it is called where one is longer.</summary>
internal sealed record KeyPartBound(int MaxLength, string Name);

/// <summary>How an argument gets into a key.</summary>
internal enum KeyPartForm
{
    /// <summary>It formats itself as UTF-8.</summary>
    Formattable,

    /// <summary>Text.</summary>
    Text,

    /// <summary>One UTF-16 code unit.</summary>
    Character,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>The name of an enum's member.</summary>
    EnumName,
}

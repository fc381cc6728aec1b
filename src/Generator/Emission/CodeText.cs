using System.Security;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Emission;

/// <summary>Text as C# literals and in doc comments.</summary>
internal static class CodeText
{
    /// <summary>A string literal.</summary>
    public static string String(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A UTF-8 literal.</summary>
    public static string Utf8(string text) => String(text) + "u8";

    /// <summary>A byte: as a character where that can be read.</summary>
    public static string Byte(byte value) => value is > 0x20 and < 0x7F
        ? $"(byte){SymbolDisplay.FormatLiteral((char)value, quote: true)}"
        : FormattableString.Invariant($"0x{value:X2}");

    /// <summary>Text between the tags of a doc comment.</summary>
    public static string Xml(string text) => SecurityElement.Escape(text);
}

using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Emission.Codecs;

internal static class Utf8Literal
{
    /// <summary>A C# literal of type <c>ReadOnlySpan&lt;byte&gt;</c>.</summary>
    public static string Of(string text) => SymbolDisplay.FormatLiteral(text, quote: true) + "u8";
}

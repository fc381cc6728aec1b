using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Emission.Codecs;

internal static class Utf8Literal
{
    /// <summary>
    /// A C# literal of type <c>ReadOnlySpan&lt;byte&gt;</c>. C# refuses half a surrogate pair in one; MessagePack writes U+FFFD for it.
    /// </summary>
    public static string Of(string text) => SymbolDisplay.FormatLiteral(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), quote: true) + "u8";
}

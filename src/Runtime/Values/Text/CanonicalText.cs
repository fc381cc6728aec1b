using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Values;

/// <summary>
/// The text of numbers and bools that clients store in binary forms. Codecs, those of callers too, see the same kinds and texts for all
/// dialects.
/// </summary>
internal static class CanonicalText
{
    // A date in the round-trip format has 33 characters.
    private const int MaxLength = 40;

    private static readonly byte[] True = [(byte)'1'];
    private static readonly byte[] False = [(byte)'0'];

    public static byte[] Of(bool value) => value ? True : False;

    public static byte[] Of(long value) => Of(value, format: default);

    public static byte[] Of(ulong value) => Of(value, format: default);

    /// <summary>The text of a double, or of the double that equals a float.</summary>
    public static byte[] Of(double value) => Of(value, "R");

    /// <summary>The text of something short in the invariant culture.</summary>
    public static byte[] Of<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[MaxLength];
        var fits = value.TryFormat(text, out var written, format, CultureInfo.InvariantCulture);
        Debug.Assert(fits, "numbers and dates are shorter");
        return text[..written].ToArray();
    }
}

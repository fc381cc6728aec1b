using System.Globalization;
using System.Text;

namespace TypedCache.Values;

/// <summary>
/// The text of numbers and bools that clients store in binary forms. Codecs, those of callers too, see the same kinds and texts for all
/// dialects.
/// </summary>
internal static class CanonicalText
{
    private static readonly byte[] True = [(byte)'1'];
    private static readonly byte[] False = [(byte)'0'];

    public static byte[] Of(bool value) => value ? True : False;

    public static byte[] Of(long value) => Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));

    public static byte[] Of(ulong value) => Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The text of a double, or of the double that equals a float.</summary>
    public static byte[] Of(double value) => Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture));
}

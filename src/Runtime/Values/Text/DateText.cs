using System.Globalization;
using System.Text;

namespace TypedCache.Values;

/// <summary>Dates in the round-trip format, which keeps ticks and <see cref="DateTime.Kind"/>.</summary>
internal static class DateText
{
    private const string Format = "O";

    /// <summary>The text of a date.</summary>
    public static byte[] Of(DateTime value) => Encoding.ASCII.GetBytes(value.ToString(Format, CultureInfo.InvariantCulture));

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTime value) =>
        DateTime.TryParseExact(Encoding.ASCII.GetString(text), Format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value);
}

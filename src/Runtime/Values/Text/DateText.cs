using System.Globalization;
using System.Text;

namespace TypedCache.Values;

/// <summary>Dates in the round-trip format, which keeps ticks and <see cref="DateTime.Kind"/>.</summary>
internal static class DateText
{
    private const string Format = "O";

    /// <summary>The text of a date.</summary>
    public static byte[] Of(DateTime value) => CanonicalText.Of(value, Format);

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTime value) =>
        DateTime.TryParseExact(Encoding.ASCII.GetString(text), Format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value);

    /// <summary>The date in UTC, for which one of unspecified kind is taken.</summary>
    public static DateTime ToUniversal(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
}

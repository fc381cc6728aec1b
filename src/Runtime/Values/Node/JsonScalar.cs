using System.Globalization;
using System.Text;

namespace TypedCache.Values.Node;

/// <summary>The JSON of bools, null and dates, as JavaScript's <c>JSON.stringify</c> writes it: without spaces, dates as text in UTC with milliseconds.</summary>
internal static class JsonScalar
{
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int DateLength = 24;

    /// <summary>Takes the value out of its JSON; other JSON stays as it is.</summary>
    public static ValueKind Open(ref ReadOnlyMemory<byte> payload)
    {
        var json = payload.Span;
        if (json.SequenceEqual("null"u8))
        {
            payload = default;
            return ValueKind.Null;
        }

        var isTrue = json.SequenceEqual("true"u8);
        if (isTrue || json.SequenceEqual("false"u8))
        {
            payload = CanonicalText.Of(isTrue);
            return ValueKind.Boolean;
        }

        if (json is [(byte)'"', .. { Length: DateLength } text, (byte)'"'] && TryReadDate(text, out var date))
        {
            payload = DateText.Of(date);
            return ValueKind.Date;
        }

        // A number has flags of its own.
        return json is [(byte)'{' or (byte)'[' or (byte)'"', ..] ? ValueKind.Json : ValueKind.Foreign;
    }

    /// <summary>A date; one of unspecified kind is taken for UTC, and what is finer than a millisecond is cut off.</summary>
    public static byte[] Of(DateTime value) =>
        Encoding.ASCII.GetBytes($"\"{DateText.ToUniversal(value).ToString(DateFormat, CultureInfo.InvariantCulture)}\"");

    private static bool TryReadDate(ReadOnlySpan<byte> text, out DateTime value) => DateTime.TryParseExact(
        Encoding.ASCII.GetString(text), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
}

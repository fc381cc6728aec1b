using System.Globalization;

namespace TypedCache.Tool;

/// <summary>A number of bytes as memcached's option <c>-I</c> takes it: <c>1048576</c>, <c>512k</c>, <c>8m</c>.</summary>
internal static class ByteSize
{
    private const long Kilo = 1024;

    /// <summary>Reads a size; false for anything else, or for more than fits a <see cref="long"/>.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var unit = text.Length == 0 ? 1 : char.ToLowerInvariant(text[^1]) switch
        {
            'k' => Kilo,
            'm' => Kilo * Kilo,
            _ => 1,
        };
        var digits = unit == 1 ? text : text[..^1];
        bytes = 0;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / unit)
        {
            return false;
        }

        bytes = number * unit;
        return true;
    }
}

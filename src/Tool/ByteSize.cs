using System.Globalization;

namespace TypedCache.Tool;

/// <summary>A number of bytes as memcached's option <c>-I</c> takes it: <c>1048576</c>, <c>512k</c>, <c>8m</c>.</summary>
internal static class ByteSize
{
    /// <summary>How many bytes an <c>m</c> is.</summary>
    public const int Mega = 1024 * 1024;

    /// <summary>The smallest limit of items that memcached takes.</summary>
    public const int SmallestItem = 1024;

    /// <summary>The largest limit of items that memcached takes.</summary>
    public const int LargestItem = 1024 * Mega;

    private const long Kilo = 1024;

    /// <summary>Reads a size; false for anything else, or for more than fits a <see cref="long"/>.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var unit = text.Length == 0 ? 1 : char.ToLowerInvariant(text[^1]) switch
        {
            'k' => Kilo,
            'm' => Mega,
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

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TypedCache.Tests.Vectors;

/// <summary>A recorded PHP value, as far as it is a string, an int, a float or a bool.</summary>
internal static class PhpScalar
{
    /// <summary>The value as byte[], long, double or bool; null for the other PHP types.</summary>
    public static object? Of(JsonElement recorded)
    {
        var serialized = recorded.GetProperty("serialized_b64").GetBytesFromBase64();
        var text = Encoding.Latin1.GetString(serialized);
        return text[0] switch
        {
            's' => serialized[(text.IndexOf('"', StringComparison.Ordinal) + 1)..^2],
            'i' => long.Parse(text.AsSpan(2..^1), CultureInfo.InvariantCulture),
            'd' => ParseFloat(text[2..^1]),
            'b' => text[2] == '1',
            _ => null,
        };
    }

    private static double ParseFloat(string text) => text switch
    {
        "NAN" => double.NaN,
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}

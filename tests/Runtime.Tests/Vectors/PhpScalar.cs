using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TypedCache.Tests.Vectors;

/// <summary>A recorded PHP value, as far as it is a string, an int, a float or a bool.</summary>
internal static class PhpScalar
{
    /// <summary>The value as byte[], long, double or bool; null for the other PHP types.</summary>
    public static object? Of(JsonElement recorded)
    {
        if (recorded.GetProperty("serialized_b64").GetString() is not { Length: > 0 } base64)
        {
            return null;
        }

        var serialized = Convert.FromBase64String(base64);
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

    /// <summary>Whether a string, long, double or bool is the recorded one. Of very long strings only the hash was recorded.</summary>
    public static bool Matches(JsonElement recorded, object value)
    {
        if (value is not byte[] bytes)
        {
            return value.Equals(Of(recorded));
        }

        if (recorded.TryGetProperty("serialized_sha256", out var hash))
        {
            byte[] serialized = [.. Encoding.ASCII.GetBytes($"s:{bytes.Length}:\""), .. bytes, .. "\";"u8];
            return hash.GetString() == Convert.ToHexStringLower(SHA256.HashData(serialized));
        }

        return Of(recorded) is byte[] expected && bytes.AsSpan().SequenceEqual(expected);
    }

    private static double ParseFloat(string text) => text switch
    {
        "NAN" => double.NaN,
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}

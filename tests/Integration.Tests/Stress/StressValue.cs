using System.Globalization;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>Values which tell for which key and in which version they were stored, and whether every byte of them is right.</summary>
internal static class StressValue
{
    // What one counter is increased to in a whole run stays far below the next counter's first value.
    private const ulong CounterDistance = 1_000_000_000_000;

    public static string Of(string key, int version)
    {
        var length = version % 50 == 0 ? 30_000 : version % 1500;
        return $"{key}|{version}|{new string((char)('a' + (version % 26)), length)}";
    }

    /// <summary>Whether a text is a whole value of the key.</summary>
    public static bool Belongs(string text, string key)
    {
        var parts = text.Split('|');
        return parts.Length == 3
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var version)
            && text == Of(key, version);
    }

    public static ulong FirstOfCounter(int counter) => (ulong)counter * CounterDistance;

    /// <summary>Whether a number can have come from a counter.</summary>
    public static bool BelongsToCounter(ulong value, int counter) => value / CounterDistance == (ulong)counter;
}

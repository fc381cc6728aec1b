using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>A text of 100 characters which begins with the time it was made. The clock is the machine's, and so the same in all processes.</summary>
internal static class FleetValue
{
    private const int Digits = 20;
    private const int Length = 100;

    public static string CreateNow() => Stopwatch.GetTimestamp().ToString($"D{Digits}", CultureInfo.InvariantCulture).PadRight(Length, 'v');

    public static TimeSpan AgeOf(string value) =>
        Stopwatch.GetElapsedTime(long.Parse(value.AsSpan(0, Digits), CultureInfo.InvariantCulture));

    public static void Check(string value)
    {
        if (value.Length != Length)
        {
            throw new InvalidOperationException($"A value has {value.Length} characters instead of {Length}.");
        }
    }
}

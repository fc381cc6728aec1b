using TypedCache.Generator.Model;

namespace TypedCache.Tool.Output;

/// <summary>Durations as they are written in attributes and options: <c>500ms</c>, <c>90s</c>, <c>1h30m</c>, <c>7d</c>.</summary>
internal static class DurationText
{
    /// <summary>Reads one; false for anything else.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var milliseconds = Duration.ParseMilliseconds(text, out _);
        duration = TimeSpan.FromMilliseconds(milliseconds ?? 0);
        return milliseconds is not null;
    }
}

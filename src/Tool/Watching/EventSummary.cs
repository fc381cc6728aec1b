using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using TypedCache.Tool.Output;
using TypedCache.Tool.Patterns;

namespace TypedCache.Tool.Watching;

/// <summary>Counts events by pattern, and shows once in a while how many there were in a second.</summary>
/// <param name="patterns">The patterns.</param>
internal sealed class EventSummary(PatternTable<EventCount> patterns)
{
    private const string None = "(no pattern)";
    private const int MostPatterns = 15;

    private readonly Lock _lock = new();
    private readonly EventCount _unmatched = new();
    private readonly Stopwatch _since = Stopwatch.StartNew();

    /// <summary>Counts an event.</summary>
    /// <param name="found">The event.</param>
    /// <param name="key">The key as it is on the wire.</param>
    public void Add(in WatchedEvent found, ReadOnlySpan<byte> key)
    {
        lock (_lock)
        {
            (patterns.Find(key) ?? _unmatched).Add(found);
        }
    }

    /// <summary>What has been counted since the last time.</summary>
    public WatchedSecond Take()
    {
        lock (_lock)
        {
            var seconds = Math.Max(0.001, _since.Elapsed.TotalSeconds);
            _since.Restart();
            return new WatchedSecond(DateTimeOffset.Now, seconds,
            [
                .. patterns.Counts.Append(new(None, _unmatched)).Select(pattern => KeyValuePair.Create(pattern.Key, pattern.Value.Take()))
                    .Where(pattern => pattern.Value.All > 0)
                    .OrderByDescending(pattern => pattern.Value.All).ThenBy(pattern => pattern.Key, StringComparer.Ordinal),
            ]);
        }
    }

    /// <summary>A second for people, in 80 columns.</summary>
    public static IRenderable Report(WatchedSecond second)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(Column(second.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)));
        foreach (var name in (string[])["get/s", "hits", "write/s", "evict/s"])
        {
            table.AddColumn(Column(name).RightAligned().NoWrap());
        }

        foreach (var (pattern, count) in second.Patterns.Take(MostPatterns))
        {
            table.AddRow(
                Markup.Escape(pattern), Shown.Rate(count.Gets / second.Seconds), Shown.Share(count.HitRate), Shown.Rate(count.Stores / second.Seconds), Shown.Rate(count.Evictions / second.Seconds));
        }

        if (second.Patterns.Count > MostPatterns)
        {
            table.AddRow($"and {Shown.Count(second.Patterns.Count - MostPatterns)} more");
        }

        return table;
    }

    /// <summary>A second for programs. Rates are in a second.</summary>
    public static void Write(Utf8JsonWriter json, WatchedSecond second)
    {
        json.WriteStartObject();
        json.WriteString("time", second.Time);
        json.WriteNumber("seconds", Math.Round(second.Seconds, 3));
        json.WriteStartArray("patterns");
        foreach (var (pattern, count) in second.Patterns)
        {
            json.WriteStartObject();
            json.WriteString("pattern", pattern);
            json.WriteNumber("gets", Math.Round(count.Gets / second.Seconds, 1));
            json.WriteNumber("hits", Math.Round(count.Hits / second.Seconds, 1));
            json.WriteNumber("writes", Math.Round(count.Stores / second.Seconds, 1));
            json.WriteNumber("evictions", Math.Round(count.Evictions / second.Seconds, 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static TableColumn Column(string name) => new TableColumn($"[underline]{name}[/]").Padding(0, 0, 2, 0);
}

/// <summary>What happened in a second or so.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Seconds">How long it was.</param>
/// <param name="Patterns">The counts by pattern, the busiest first.</param>
internal sealed record WatchedSecond(DateTimeOffset Time, double Seconds, IReadOnlyList<KeyValuePair<string, EventCount>> Patterns);

using System.Collections.Concurrent;
using System.Globalization;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The durations of a comparison, by the values of its tag.</summary>
/// <param name="comparison">What is compared.</param>
internal sealed class ComparedDurations(TypedCacheDashboardComparison comparison)
{
    private const int MaxCount = 50;
    private const string Rest = "(all others)";
    private const string None = "(none)";

    private readonly ConcurrentDictionary<object, DurationHistogram> _histograms = new();
    private readonly Dictionary<object, DurationWindow> _windows = [];

    /// <summary>What is compared.</summary>
    public TypedCacheDashboardComparison Comparison => comparison;

    /// <summary>Takes the measurements of an instrument.</summary>
    /// <param name="unit">The unit of the instrument.</param>
    public IMeasurements In(string? unit) => new Measurements(this, unit switch { "ms" => 1e-3, "us" or "µs" => 1e-6, "ns" => 1e-9, _ => 1 });

    /// <summary>Goes on by one sample.</summary>
    public ComparedView[] Advance()
    {
        var views = new List<ComparedView>();
        foreach (var (value, histogram) in _histograms)
        {
            if (!_windows.TryGetValue(value, out var window))
            {
                _windows.Add(value, window = new DurationWindow(histogram));
            }

            views.Add(new ComparedView(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", window.Advance()));
        }

        views.Sort(static (one, other) => string.CompareOrdinal(one.Value, other.Value));
        return [.. views];
    }

    private void Add(double seconds, object value)
    {
        if (!_histograms.TryGetValue(value, out var histogram))
        {
            histogram = _histograms.GetOrAdd(_histograms.Count < MaxCount ? value : Rest, static _ => new DurationHistogram());
        }

        histogram.Add(seconds);
    }

    private sealed class Measurements(ComparedDurations durations, double seconds) : IMeasurements
    {
        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            durations.Add(value * seconds, Tags.Find(tags, durations.Comparison.TagName) ?? None);
    }
}

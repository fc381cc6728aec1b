namespace TypedCache;

/// <summary>
/// Durations that the live page shows side by side, such as those of an endpoint with the cache and without: of any histogram in the process,
/// by the values of one of its tags. Units of time are <c>s</c>, <c>ms</c>, <c>us</c> and <c>ns</c>; one without is taken for seconds.
/// </summary>
public sealed class TypedCacheDashboardComparison
{
    /// <summary>Names them.</summary>
    /// <param name="label">The headline on the page.</param>
    /// <param name="meterName">The meter of the histogram.</param>
    /// <param name="instrumentName">The histogram.</param>
    /// <param name="tagName">The tag. Of more than 50 values, those that come late are shown as one.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public TypedCacheDashboardComparison(string label, string meterName, string instrumentName, string tagName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        ArgumentException.ThrowIfNullOrEmpty(meterName);
        ArgumentException.ThrowIfNullOrEmpty(instrumentName);
        ArgumentException.ThrowIfNullOrEmpty(tagName);
        Label = label;
        MeterName = meterName;
        InstrumentName = instrumentName;
        TagName = tagName;
    }

    /// <summary>The headline on the page.</summary>
    public string Label { get; }

    /// <summary>The meter of the histogram.</summary>
    public string MeterName { get; }

    /// <summary>The histogram.</summary>
    public string InstrumentName { get; }

    /// <summary>The tag.</summary>
    public string TagName { get; }
}

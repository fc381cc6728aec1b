using System.Diagnostics;

namespace TypedCache.Tests.Telemetry;

/// <summary>Listens to activity sources, and keeps the spans that have ended.</summary>
internal sealed class SpanProbe : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="sources">The names of the sources.</param>
    public SpanProbe(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref options) =>
            {
                lock (_ended)
                {
                    Offered.Add((options.Name, new Dictionary<string, object?>(options.Tags ?? [])));
                }

                return ActivitySamplingResult.AllDataAndRecorded;
            },
            ActivityStopped = activity =>
            {
                lock (_ended)
                {
                    _ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>What samplers were shown.</summary>
    public List<(string Name, IReadOnlyDictionary<string, object?> Tags)> Offered { get; } = [];

    /// <summary>The spans that have ended, in that order.</summary>
    public IReadOnlyList<Activity> Ended
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended];
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}

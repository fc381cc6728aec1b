using Microsoft.Extensions.Logging;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Those who look at the page, and the recording that they share. There is one only while somebody looks.</summary>
internal sealed class Broadcast
{
    /// <summary>How many may look at once.</summary>
    public const int MaxViewers = 100;

    private readonly Lock _gate = new();
    private readonly List<Viewer> _viewers = [];
    private readonly Func<Recording> _record;
    private Recording? _recording;

    /// <summary>Makes one.</summary>
    /// <param name="options">What the page shows.</param>
    /// <param name="pools">The pools.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of what fails.</param>
    public Broadcast(TypedCacheDashboardOptions options, ShownPools pools, TimeProvider time, ILogger logger)
    {
        ActionView[]? actions = options.AllowActions ? [.. ServerActions.Views, .. options.Actions.Select(ViewOf)] : null;
        var hello = new Hello(options.Title, Guid.NewGuid().ToString("N"), DurationWindow.Seconds, actions, [.. options.Comparisons.Select(static comparison => comparison.Label)]);
        Hello = EventFrame.Of("hello"u8, hello, DashboardJson.Default.Hello);
        _record = () => new Recording(options.Comparisons, pools, time, logger, Send);
    }

    /// <summary>What each viewer gets first.</summary>
    public byte[] Hello { get; }

    /// <summary>Somebody looks.</summary>
    /// <returns>What they get; null: there are too many already.</returns>
    public Viewer? Join()
    {
        lock (_gate)
        {
            if (_viewers.Count >= MaxViewers)
            {
                return null;
            }

            _recording ??= Begin();
            var viewer = new Viewer();
            _viewers.Add(viewer);
            return viewer;
        }
    }

    /// <summary>Somebody has gone.</summary>
    public void Leave(Viewer viewer)
    {
        lock (_gate)
        {
            if (_viewers.Remove(viewer) && _viewers.Count == 0)
            {
                _recording?.Dispose();
                _recording = null;
            }
        }
    }

    private Recording Begin()
    {
        var recording = _record();
        recording.Start();
        return recording;
    }

    // A recording that has ended may have one sample left.
    private void Send(Recording recording, SampleFrames frames)
    {
        lock (_gate)
        {
            if (recording == _recording)
            {
                _viewers.ForEach(viewer => viewer.Offer(viewer.IsBehind ? frames.Complete : frames.Changes));
            }
        }
    }

    private static ActionView ViewOf(TypedCacheDashboardAction action) =>
        new(action.Name, action.Label, action.IsPerServer, action.NeedsConfirmation, action.Choices);
}

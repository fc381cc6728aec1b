using TypedCache.Pool;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>What the audits of a pool share: with what they read, how many may run, and when they end.</summary>
/// <param name="sender">Sends operations.</param>
/// <param name="pipeline">Reads values, and compares them.</param>
/// <param name="maxPerSecond">How many may begin in a second. For each template one runs at a time.</param>
/// <param name="time">The pool's clock.</param>
internal sealed class Auditor(OperationSender sender, ValuePipeline pipeline, int maxPerSecond, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly object WithoutTemplate = new();

    private readonly Lock _gate = new();
    private readonly HashSet<object> _running = [];
    private readonly CancellationTokenSource _ended = new();
    private long _since;
    private int _begun;

    public OperationSender Sender => sender;

    public ValuePipeline Pipeline => pipeline;

    public TimeProvider Time => time;

    /// <summary>Is cancelled when the pool ends.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Whether an audit may begin. If so, <see cref="End"/> has to follow.</summary>
    public bool TryBegin(KeyTemplate? template)
    {
        var subject = template ?? WithoutTemplate;
        lock (_gate)
        {
            return !_ended.IsCancellationRequested && !_running.Contains(subject) && TryTakeTurn() && _running.Add(subject);
        }
    }

    /// <summary>An audit has ended.</summary>
    public void End(KeyTemplate? template)
    {
        lock (_gate)
        {
            _running.Remove(template ?? WithoutTemplate);
        }
    }

    /// <summary>Ends all audits. What their create functions do about it runs elsewhere.</summary>
    public void Dispose() => _ = _ended.CancelAsync();

    private bool TryTakeTurn()
    {
        var now = time.GetTimestamp();
        if (_begun == 0 || time.GetElapsedTime(_since, now) >= Second)
        {
            (_since, _begun) = (now, 0);
        }

        return _begun < maxPerSecond && ++_begun > 0;
    }
}

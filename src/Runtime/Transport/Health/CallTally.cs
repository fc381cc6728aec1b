using TypedCache.Protocol;

namespace TypedCache.Transport.Health;

/// <summary>
/// Counts the calls over the connections of one link. Those that were answered come in as many at a time as one receive has brought, so
/// that counting costs next to nothing.
/// </summary>
/// <param name="limits">Bounds what one lost connection counts for.</param>
internal sealed class CallTally(HealthLimits limits)
{
    private long _calls;
    private long _stores;
    private long _timedOut;
    private long _refused;
    private long _withoutMemory;
    private long _lost;
    private volatile FailedCall? _lastFailed;
    private volatile FailedCall? _lastWithoutMemory;

    /// <summary>The call that failed last.</summary>
    public FailedCall? LastFailed => _lastFailed;

    /// <summary>The last one for which the server had no memory.</summary>
    public FailedCall? LastWithoutMemory => _lastWithoutMemory;

    /// <summary>Calls have been answered, refusals included.</summary>
    public void Add(int calls, int stores)
    {
        Interlocked.Add(ref _calls, calls);
        if (stores > 0)
        {
            Interlocked.Add(ref _stores, stores);
        }
    }

    /// <summary>A call that is, or will be, counted by <see cref="Add"/> has been refused.</summary>
    public void NoteRefusal(Request request, MemcachedServerException refusal)
    {
        if (!refusal.IsOfServer)
        {
            return;
        }

        _lastFailed = new FailedCall(request.Verb, request.Payload.Length, refusal.Answer);
        Interlocked.Increment(ref _refused);
        if (refusal.IsOutOfMemory)
        {
            _lastWithoutMemory = _lastFailed;
            Interlocked.Increment(ref _withoutMemory);
            if (!WireProtocol.HasPayload(request.Verb))
            {
                Interlocked.Increment(ref _stores);
            }
        }
    }

    /// <summary>A call has not been answered in time.</summary>
    public void NoteTimeOut(Verb verb)
    {
        _lastFailed = new FailedCall(verb, 0, null);
        Interlocked.Increment(ref _timedOut);
        Interlocked.Increment(ref _calls);
    }

    /// <summary>Calls were lost with their connection.</summary>
    /// <param name="verb">What one of them asked.</param>
    /// <param name="calls">How many there were.</param>
    public void NoteLoss(Verb verb, int calls)
    {
        var counted = Math.Min(calls, limits.MaxLostTogether);
        _lastFailed = new FailedCall(verb, 0, null);
        Interlocked.Add(ref _lost, counted);
        Interlocked.Add(ref _calls, counted);
    }

    /// <summary>All that have been counted.</summary>
    public CallCounts Read() => new()
    {
        // Failures first: they are never more than the calls.
        TimedOut = Interlocked.Read(ref _timedOut),
        Refused = Interlocked.Read(ref _refused),
        WithoutMemory = Interlocked.Read(ref _withoutMemory),
        Lost = Interlocked.Read(ref _lost),
        Stores = Interlocked.Read(ref _stores),
        Calls = Interlocked.Read(ref _calls),
    };
}

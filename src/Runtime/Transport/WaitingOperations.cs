using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>The operations that wait for a connection. Their link calls this under its gate.</summary>
internal sealed class WaitingOperations
{
    private readonly Queue<Operation> _operations = new();
    private long _bytes;

    /// <summary>How many there are.</summary>
    public int Count => _operations.Count;

    /// <summary>How many bytes they have, or more than that. May be asked without the gate.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Adds one.</summary>
    public void Add(Operation operation)
    {
        _bytes += operation.Request.Payload.Length + RequestWriter.MaxLength;
        _operations.Enqueue(operation);
    }

    /// <summary>Whether one on a key is among them.</summary>
    public bool Has(ReadOnlySpan<byte> key)
    {
        foreach (var operation in _operations)
        {
            if (key.SequenceEqual(operation.Request.Key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a caller's time is over who has not been told so.</summary>
    /// <param name="now">The time, in milliseconds of the <see cref="LimitClock"/>.</param>
    public bool HasOverdue(long now)
    {
        foreach (var operation in _operations)
        {
            if (operation.Deadline <= now && !operation.IsAbandoned)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the waiting of callers whose time is over. Their operations stay.</summary>
    /// <param name="now">The time, in milliseconds of the <see cref="LimitClock"/>.</param>
    /// <param name="timedOut">What they get.</param>
    public void AbandonOverdue(long now, Func<Operation, Exception> timedOut)
    {
        foreach (var operation in _operations)
        {
            var use = operation.Use;
            if (operation.Deadline <= now && !operation.IsAbandoned)
            {
                operation.Abandon(use, timedOut(operation));
            }
        }
    }

    /// <summary>Takes all.</summary>
    public Operation[] TakeAll()
    {
        var taken = _operations.ToArray();
        _operations.Clear();
        _bytes = 0;
        return taken;
    }
}

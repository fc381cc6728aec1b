namespace TypedCache.Values;

/// <summary>How much memory the readers of a pool may take for compressed values at one time. Any number of threads use it.</summary>
/// <param name="limit">The most, in bytes.</param>
internal sealed class ExpansionBudget(long limit)
{
    private long _reserved;

    /// <summary>The most, in bytes.</summary>
    public long Limit => limit;

    /// <summary>What is taken now, in bytes.</summary>
    public long Reserved => Volatile.Read(ref _reserved);

    /// <summary>Takes memory. Nobody waits: if there is not enough, nothing is taken.</summary>
    /// <returns>Whether there was enough.</returns>
    public bool TryReserve(long bytes)
    {
        var reserved = Volatile.Read(ref _reserved);
        while (bytes <= limit - reserved)
        {
            var seen = Interlocked.CompareExchange(ref _reserved, reserved + bytes, reserved);
            if (seen == reserved)
            {
                return true;
            }

            reserved = seen;
        }

        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _reserved, -bytes);
}

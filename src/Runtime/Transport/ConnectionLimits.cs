namespace TypedCache.Transport;

/// <summary>What a connection allows.</summary>
/// <param name="operationTimeout">How long a caller waits for a reply.</param>
/// <param name="maxQueuedBytes">How many bytes may wait for a server that does not take them.</param>
/// <param name="maxValueLength">The longest value that is taken from a server, in bytes.</param>
internal sealed class ConnectionLimits(TimeSpan operationTimeout, int maxQueuedBytes, int maxValueLength)
{
    private long _operationTimeout = operationTimeout.Ticks;

    /// <summary>How long a caller waits for a reply. It may change at any time.</summary>
    public TimeSpan OperationTimeout
    {
        get => new(Volatile.Read(ref _operationTimeout));
        set => Volatile.Write(ref _operationTimeout, value.Ticks);
    }

    /// <summary>The clock by which calls time out.</summary>
    public LimitClock Clock { get; init; } = LimitClock.System;

    public int MaxQueuedBytes { get; } = maxQueuedBytes;

    public int MaxValueLength { get; } = maxValueLength;
}

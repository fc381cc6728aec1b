namespace TypedCache.Transport;

/// <summary>What a connection allows.</summary>
/// <param name="OperationTimeout">How long a caller waits for a reply.</param>
/// <param name="MaxQueuedBytes">How many bytes may wait for a server that does not take them.</param>
/// <param name="MaxValueLength">The longest value that is taken from a server, in bytes.</param>
internal sealed record ConnectionLimits(TimeSpan OperationTimeout, int MaxQueuedBytes, int MaxValueLength);

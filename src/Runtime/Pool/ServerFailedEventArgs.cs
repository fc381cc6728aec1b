namespace TypedCache;

/// <summary>A server that has failed, and why.</summary>
/// <param name="server">The server.</param>
/// <param name="error">Why it failed.</param>
public sealed class ServerFailedEventArgs(MemcachedServer server, MemcachedConnectionException error) : EventArgs
{
    /// <summary>The server, with its host and port.</summary>
    public MemcachedServer Server { get; } = server;

    /// <summary>Why it failed.</summary>
    public MemcachedConnectionException Error { get; } = error;
}

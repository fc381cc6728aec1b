namespace TypedCache.Transport;

/// <summary>Who opened a connection and hears of its end.</summary>
internal interface IConnectionOwner
{
    /// <summary>The server, as <c>host:port</c>.</summary>
    string Name { get; }

    /// <summary>The connection has ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="failure">Why.</param>
    /// <param name="unsent">Operations of which no byte has been sent: they can safely go elsewhere.</param>
    void Closed(ServerConnection connection, Exception failure, IReadOnlyList<Operation> unsent);

    /// <summary>The exception for an operation whose time is over.</summary>
    MemcachedTimeoutException TimedOut(Operation operation);
}

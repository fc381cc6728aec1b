namespace TypedCache.Transport;

/// <summary>
/// Numbers the connections to one server, over all of its links, in the order in which they became ready. A server that is restarted
/// loses all of its connections. So a request that was sent when a connection was ready already, and was answered, was answered by the
/// process that this connection belongs to, for as long as it lives; of a later connection nobody knows.
/// </summary>
internal sealed class ConnectionNumbers
{
    private int _newest;
    private volatile bool _isMemcached;

    /// <summary>The number of the connection that became ready last; 0: there was none yet.</summary>
    public int Newest => Volatile.Read(ref _newest);

    /// <summary>
    /// Whether the server has spoken the meta protocol over one of them. One that is spoken to as a proxy by mistake would give out
    /// placeholders as values, and store what nobody fences.
    /// </summary>
    public bool IsMemcached
    {
        get => _isMemcached;
        set => _isMemcached = value;
    }

    /// <summary>The number of a connection over which the server has just answered.</summary>
    public int Next() => Interlocked.Increment(ref _newest);
}

namespace TypedCache;

/// <summary>Which of memcached's text protocols a pool speaks.</summary>
public enum MemcachedProtocol
{
    /// <summary>
    /// Each server decides when it is connected: the meta protocol for memcached 1.6.10 and newer which can be talked to without a
    /// proxy in between that does not know it, the classic one for all others.
    /// </summary>
    Auto = 0,

    /// <summary>The meta protocol only (memcached's protocol.txt, "Meta Commands"); an older server is an error.</summary>
    Meta,

    /// <summary>
    /// The classic protocol only (memcached's protocol.txt, "Storage commands" and what follows), for old servers and for proxies such
    /// as twemproxy. Replies name their key or nothing, so a stream out of step is noticed less surely than with the meta protocol;
    /// <c>Exists</c> transfers the value.
    /// </summary>
    Classic,
}

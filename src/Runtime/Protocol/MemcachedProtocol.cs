namespace TypedCache;

/// <summary>Which of memcached's text protocols a pool speaks.</summary>
public enum MemcachedProtocol
{
    /// <summary>
    /// Each server decides when it is connected: the meta protocol for memcached 1.6.10 and newer, unless a proxy that does not know it
    /// stands in between; the classic protocol for all others.
    /// </summary>
    Auto = 0,

    /// <summary>The meta protocol only (memcached's protocol.txt, "Meta Commands"); an older server is an error.</summary>
    Meta,

    /// <summary>
    /// The classic protocol only (memcached's protocol.txt, "Storage commands" and what follows), for old servers and for proxies such
    /// as twemproxy. Its replies name their key or nothing, so a stream out of step is detected less reliably than with the meta
    /// protocol; <c>Exists</c> transfers the value.
    /// </summary>
    Classic,
}

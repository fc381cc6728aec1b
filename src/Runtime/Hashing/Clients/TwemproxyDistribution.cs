namespace TypedCache.Hashing;

/// <summary>How twemproxy spreads keys over servers (its setting <c>distribution</c>).</summary>
public enum TwemproxyDistribution
{
    /// <summary><c>ketama</c>, the default: libmemcached's ring.</summary>
    Ketama = 0,

    /// <summary><c>modula</c>: the remainder of a division. The servers are sorted by their names, shorter ones first.</summary>
    Modula,

    /// <summary>
    /// <c>random</c>: any server, another one each time. What is written is not found again, unless the servers are proxies that know where it
    /// is; weights are ignored.
    /// </summary>
    Random,
}

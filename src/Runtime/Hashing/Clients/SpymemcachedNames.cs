namespace TypedCache.Hashing;

/// <summary>Under what names spymemcached has servers in its ring (<c>KetamaNodeKeyFormatter.Format</c>).</summary>
public enum SpymemcachedNames
{
    /// <summary><c>SPYMEMCACHED</c>, the default: the address, behind the name where one was given (<c>cache-1/10.0.0.7:11211</c>).</summary>
    Spymemcached = 0,

    /// <summary><c>SPYMEMCACHED</c> for names that the application did not have resolved: <c>cache-1/&lt;unresolved&gt;:11211</c>, as Java writes them since JDK 14.</summary>
    SpymemcachedUnresolved,

    /// <summary>
    /// <c>LIBMEMCACHED</c>: the host, and the port unless it is 11211. Java asks DNS for the names of addresses here: where it finds one, give that
    /// as the host (<c>localhost</c> for 127.0.0.1).
    /// </summary>
    Libmemcached,
}

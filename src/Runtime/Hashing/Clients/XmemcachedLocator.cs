namespace TypedCache.Hashing;

/// <summary>How xmemcached spreads keys over servers (<c>MemcachedClientBuilder.setSessionLocator</c>).</summary>
public enum XmemcachedLocator
{
    /// <summary><c>ArrayMemcachedSessionLocator</c>, the default: the remainder of a division.</summary>
    ArrayModulus = 0,

    /// <summary><c>KetamaMemcachedSessionLocator</c>: a ring.</summary>
    Ketama,

    /// <summary><c>KetamaMemcachedSessionLocator(true)</c>: the ring of nginx's upstream_consistent.</summary>
    KetamaNginxUpstream,

    /// <summary>
    /// <c>KetamaMemcachedSessionLocator</c> as <c>gwhalin/Memcached-Java-Client</c> has it. Java asks DNS for the names of addresses here: where
    /// it finds one, give that as the host (<c>localhost</c> for 127.0.0.1).
    /// </summary>
    KetamaWhalin,

    /// <summary>
    /// <c>LibmemcachedMemcachedSessionLocator</c>: 100 points for each server, and weights are ignored. Java asks DNS for the names of addresses
    /// here: where it finds one, give that as the host.
    /// </summary>
    Libmemcached,

    /// <summary>
    /// <c>PHPMemcacheSessionLocator</c>: the remainder of 15 bits. With <see cref="XmemcachedHash.Crc32"/> these are 0, and all keys go to the first
    /// server.
    /// </summary>
    Php,

    /// <summary><c>ElectionMemcachedSessionLocator</c>: the highest score. It asks all servers for each key.</summary>
    Election,
}

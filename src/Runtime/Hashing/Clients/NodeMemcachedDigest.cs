namespace TypedCache.Hashing;

/// <summary>The digest of npm memcached (its option <c>algorithm</c>).</summary>
public enum NodeMemcachedDigest
{
    /// <summary><c>md5</c>, the default.</summary>
    Md5 = 0,

    /// <summary><c>sha1</c>.</summary>
    Sha1,
}

namespace TypedCache.Keys;

/// <summary>
/// What happens when the variable parts of a key have what memcached would not accept: spaces, control characters, too many bytes.
/// Under every policy no argument can put a space, a line end or a command on the wire.
/// </summary>
public enum KeyPolicy
{
    /// <summary>
    /// Bytes up to 0x20, 0x7F and <c>%</c> are percent-encoded. So is the character that ends a placeholder, if another placeholder
    /// follows. Distinct arguments give distinct keys. The tail of a key over 250 bytes becomes a 128-bit hash.
    /// </summary>
    Escape = 0,

    /// <summary>
    /// What PHP's pecl-memcache does (memcache_pool.c, <c>mmc_prepare_key_ex</c>): cut to 250 bytes, then each byte up to 0x20
    /// becomes <c>_</c>. Distinct arguments can give the same key.
    /// </summary>
    Pecl = 1,

    /// <summary>What would have to be changed throws <see cref="CacheKeyException"/>.</summary>
    Reject = 2,
}

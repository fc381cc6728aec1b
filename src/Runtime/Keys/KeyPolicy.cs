namespace TypedCache.Keys;

/// <summary>
/// What happens when the variable parts of a key have what memcached would not accept: spaces, control characters, too many bytes.
/// Under every policy no argument can put a space, a line end or a command on the wire.
/// </summary>
public enum KeyPolicy
{
    /// <summary>
    /// Bytes up to 0x20, 0x7F, <c>%</c> and what is not UTF-8, such as half of a surrogate pair, are percent-encoded. So is the character
    /// that ends a placeholder, if another placeholder follows. Distinct arguments give distinct keys. The tail of a key over 250 bytes,
    /// the pool's prefix included, becomes a 128-bit hash.
    /// </summary>
    Escape = 0,

    /// <summary>
    /// What PHP's pecl-memcache does (memcache_pool.c, <c>mmc_prepare_key_ex</c>): cut to 250 bytes, the pool's prefix included, then each
    /// byte up to 0x20 becomes <c>_</c>. Distinct arguments can give the same key.
    /// </summary>
    Pecl = 1,

    /// <summary>
    /// What would have to be changed throws <see cref="CacheKeyException"/>. A key that is too long only with the pool's prefix ends in a
    /// hash, as under <see cref="Escape"/>.
    /// </summary>
    Reject = 2,
}

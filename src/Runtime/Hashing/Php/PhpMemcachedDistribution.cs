namespace TypedCache.Hashing;

/// <summary>
/// How php-memcached spreads keys over servers (<c>Memcached::OPT_DISTRIBUTION</c>, <c>OPT_LIBKETAMA_COMPATIBLE</c>). What
/// libmemcached does depends on the order of the calls, so the values are named after the result, not after the option.
/// </summary>
public enum PhpMemcachedDistribution
{
    /// <summary>
    /// The remainder of a division; weights are ignored. The default, and what is left when <c>OPT_LIBKETAMA_COMPATIBLE</c> is
    /// turned off again.
    /// </summary>
    Modula = 0,

    /// <summary>
    /// <c>DISTRIBUTION_CONSISTENT</c>, or the ini setting <c>memcached.default_consistent_hash</c>, set before the servers were
    /// added: 100 points per server, but the weighted ring of <see cref="Ketama"/> as soon as one weight is more than 1.
    /// </summary>
    Consistent,

    /// <summary><c>DISTRIBUTION_CONSISTENT</c> set after the servers were added: 100 points per server; weights are ignored.</summary>
    ConsistentUnweighted,

    /// <summary>
    /// <c>OPT_LIBKETAMA_COMPATIBLE</c>, before or after the servers: about 160 points per server, shared out by weight. If
    /// <c>DISTRIBUTION_CONSISTENT</c> is set afterwards, the result is <see cref="Consistent"/> with <see cref="PhpMemcachedHash.Md5"/>.
    /// </summary>
    Ketama,
}

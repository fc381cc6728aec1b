namespace TypedCache.Hashing;

/// <summary>
/// The servers to try, in order, when a key's own server cannot be used. All clients that share the servers have to try
/// them in the same order to find each other's values.
/// </summary>
/// <remarks>
/// Some clients take a failed server off their list and spread all keys anew, so that keys of other servers move too. Here only the keys of
/// servers that cannot be used go elsewhere: what the others hold stays valid.
/// </remarks>
public abstract class FailoverSequence
{
    private protected FailoverSequence()
    {
    }

    /// <summary>The order of pecl-memcache 3 to 8 (memcache_pool.c, <c>mmc_pool_find_next</c>).</summary>
    public static FailoverSequence Pecl8 { get; } = new Pecl8FailoverSequence();

    /// <summary>The order of pecl-memcache 2, which differs for <see cref="StandardHashStrategy"/> (memcache_standard_hash.c, 2.2.7).</summary>
    public static FailoverSequence Pecl2 { get; } = new Pecl2FailoverSequence();

    // Those below are not created with the others, so that a native program that does not ask for them is without them.

    /// <summary>
    /// Where the key would be if the servers tried so far were not on the list: of a ring the next server on it (Enyim's clients; npm memcached with
    /// <c>remove: true</c>; twemproxy with <c>auto_eject_hosts</c>), of scores the next best (pymemcache; xmemcached's election), of the remainder of
    /// a division that of a division by what is left (twemproxy).
    /// </summary>
    /// <remarks>
    /// Once a server has failed, npm memcached and twemproxy count the points of a ring with different weights anew: then not all keys are where
    /// those have them. After a division they are as long as no second server has failed.
    /// </remarks>
    public static FailoverSequence WithoutFailed => WithoutFailedSequence.Instance;

    /// <summary>
    /// The next server in the list, and behind the last the first one: spymemcached (ArrayModNodeLocator.java, <c>NodeIterator</c>), xmemcached
    /// (ArrayMemcachedSessionLocator.java, <c>getNext</c>) and memjs (memjs.js, <c>perform</c>).
    /// </summary>
    public static FailoverSequence NextServer => NextServerSequence.Instance;

    /// <summary>The servers of <c>0key</c>, <c>1key</c> and so on: dalli (ring.rb, <c>server_from_continuum</c>).</summary>
    public static FailoverSequence Dalli => DalliSequence.Instance;

    /// <summary>The hash of the decimal digits of the hash before and of a number, 0, 1 and so on: python-memcached (memcache.py, <c>_get_server</c>).</summary>
    public static FailoverSequence PythonMemcached => PythonMemcachedSequence.Instance;

    /// <summary>
    /// To the hash of the key those of <c>0key</c>, <c>1key</c> and so on are added, in 32 bits: spymemcached's ketama (KetamaIterator.java,
    /// <c>nextHash</c>).
    /// </summary>
    public static FailoverSequence SpymemcachedKetama => AddedHashSequence.Spymemcached;

    /// <summary>As <see cref="SpymemcachedKetama"/>, counted from 1, and as often as there are servers: xmemcached's ketama (KetamaMemcachedSessionLocator.java, <c>nextHash</c>).</summary>
    public static FailoverSequence XmemcachedKetama => AddedHashSequence.Xmemcached;

    /// <summary>
    /// Twice the hashes of <c>0key</c>, <c>1key</c> and so on, in 32 bits, as often as there are servers: EnyimMemcached's ketama
    /// (KetamaNodeLocator.cs, <c>Locate</c>).
    /// </summary>
    public static FailoverSequence Enyim2Ketama => Enyim2KetamaSequence.Instance;

    /// <summary>Returns the position of a server to try. The same server can come up more than once.</summary>
    /// <param name="strategy">The strategy that chose the key's own server.</param>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="attempt">0 for the first server after the key's own.</param>
    public abstract int FindCandidate(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt);
}

namespace TypedCache.Hashing;

/// <summary>
/// One slot per unit of weight, chosen by the remainder of 15 bits of the hash (pecl-memcache, memcache_standard_hash.c).
/// As there, slots beyond the first 32,768 are never reached.
/// </summary>
public sealed class StandardHashStrategy : IHashStrategy
{
    private readonly IHashFunction _function;
    private readonly int _serverCount;
    private readonly int[] _slots;

    /// <summary>Creates the table of slots.</summary>
    /// <param name="servers">The servers in the order in which they were added; it decides who gets a key.</param>
    /// <param name="function">The hash function of the keys.</param>
    /// <exception cref="ArgumentException">The list is empty, or a weight is not valid.</exception>
    public StandardHashStrategy(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _slots = new int[HashServer.CheckedTotalWeight(servers)];
        _serverCount = servers.Count;
        _function = function;
        var slot = 0;
        for (var server = 0; server < servers.Count; server++)
        {
            _slots.AsSpan(slot, servers[server].Weight).Fill(server);
            slot += servers[server].Weight;
        }
    }

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> key) => _serverCount == 1 ? 0 : FindSlot(Fold(key));

    /// <summary>Returns the server of a sum of folded hashes.</summary>
    internal int FindSlot(uint folded) => _slots[folded % (uint)_slots.Length];

    /// <summary>The upper 15 bits of the hash below the topmost, and never 0 (memcache_standard_hash.c, <c>mmc_hash</c>).</summary>
    internal uint Fold(ReadOnlySpan<byte> key) => Math.Max(1, (_function.Hash(key) >> 16) & 0x7FFF);
}

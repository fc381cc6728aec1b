namespace TypedCache.Hashing;

/// <summary>The remainder of the hash divided by the number of servers; weights are ignored (libmemcached, hash.cc).</summary>
internal sealed class ModulaHashStrategy : IHashStrategy
{
    private readonly IHashFunction _function;
    private readonly uint _serverCount;

    public ModulaHashStrategy(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        HashServer.CheckedTotalWeight(servers);
        _serverCount = (uint)servers.Count;
        _function = function;
    }

    public int Find(ReadOnlySpan<byte> key) => _serverCount == 1 ? 0 : (int)(_function.Hash(key) % _serverCount);
}

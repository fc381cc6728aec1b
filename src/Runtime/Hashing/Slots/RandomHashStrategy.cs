namespace TypedCache.Hashing;

/// <summary>Any server, another one each time, whatever the key (twemproxy, nc_random.c); weights are ignored.</summary>
internal sealed class RandomHashStrategy : IHashStrategy
{
    private readonly int _servers;

    /// <summary>Creates the strategy.</summary>
    /// <exception cref="ArgumentException">The list is empty, or a server is not valid.</exception>
    public RandomHashStrategy(IReadOnlyList<HashServer> servers)
    {
        HashServer.CheckedTotalWeight(servers, takesNames: true);
        _servers = servers.Count;
    }

    public int Find(ReadOnlySpan<byte> key) => Random.Shared.Next(_servers);
}

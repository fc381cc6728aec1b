using System.Globalization;

namespace TypedCache.Hashing;

/// <summary>A ring of points of libmemcached (hosts.cc, <c>update_continuum</c>; hash.cc, <c>dispatch_host</c>).</summary>
internal sealed class ContinuumHashStrategy : IHashStrategy
{
    private const int UnweightedPoints = 100;
    private const int WeightedPoints = 160;

    // libmemcached leaves memcached's default port out of the name; pecl-memcache does not.
    private const int UnnamedPort = 11211;

    private readonly IHashFunction _function;
    private readonly ulong[] _ring;

    // A point is its hash in the upper half and its server in the lower. They come in the servers' order, and equal hashes stay in it.
    private ContinuumHashStrategy(IHashFunction function, ulong[] points)
    {
        _function = function;
        _ring = RingSort.ByHash(points);
    }

    /// <summary>100 points per server, hashed as keys are; weights are ignored.</summary>
    public static ContinuumHashStrategy Unweighted(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        HashServer.CheckedTotalWeight(servers);
        var points = new ulong[servers.Count * UnweightedPoints];
        for (var server = 0; server < servers.Count; server++)
        {
            var names = NamesOf(servers[server]);
            foreach (ref var point in points.AsSpan(server * UnweightedPoints, UnweightedPoints))
            {
                point = Point(function.Hash(names.Next()), server);
            }
        }

        return new ContinuumHashStrategy(function, points);
    }

    /// <summary>About 160 points per server, shared out by weight: four from each MD5, whatever hashes the keys.</summary>
    public static ContinuumHashStrategy Weighted(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var digests = DigestCounts(servers, out var total);
        var points = new ulong[total * Md5Digest.Words];
        var rest = points.AsSpan();
        for (var server = 0; server < servers.Count; server++)
        {
            var names = NamesOf(servers[server]);
            for (var i = 0; i < digests[server]; i++)
            {
                foreach (var word in Md5Digest.Of(names.Next()))
                {
                    rest[0] = Point(word, server);
                    rest = rest[1..];
                }
            }
        }

        return new ContinuumHashStrategy(function, points);
    }

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> key)
    {
        var ring = _ring;
        var first = (ulong)_function.Hash(key) << 32;
        var low = 0;
        var high = ring.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ring[middle] < first)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (int)(uint)ring[low < ring.Length ? low : 0];
    }

    private static ulong Point(uint hash, int server) => ((ulong)hash << 32) | (uint)server;

    private static int[] DigestCounts(IReadOnlyList<HashServer> servers, out int total)
    {
        var totalWeight = HashServer.CheckedTotalWeight(servers);
        var counts = new int[servers.Count];
        total = 0;
        for (var server = 0; server < counts.Length; server++)
        {
            counts[server] = DigestCount(servers[server].Weight, totalWeight, counts.Length);
            total += counts[server];
        }

        return counts;
    }

    // Single precision at every step, as in the C source: 25 equal servers get 39 digests each and not 40.
    private static int DigestCount(int weight, int totalWeight, int servers)
    {
        var share = (float)weight / totalWeight;
        return (int)MathF.Floor((share * WeightedPoints / Md5Digest.Words * servers) + 0.0000000001f);
    }

    private static PointNames NamesOf(HashServer server) => new(server.Port == UnnamedPort
        ? $"{server.Host}-"
        : string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}-"));
}

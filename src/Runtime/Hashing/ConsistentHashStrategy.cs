using System.Globalization;
using System.Text;

namespace TypedCache.Hashing;

/// <summary>
/// A ring of 160 points per unit of weight, read off into 1024 buckets (pecl-memcache, memcache_consistent_hash.c).
/// </summary>
public sealed class ConsistentHashStrategy : IHashStrategy
{
    private const int PointsPerWeight = 160;
    private const int BucketCount = 1024;

    private readonly IHashFunction _function;
    private readonly int _serverCount;
    private readonly int[] _buckets;

    /// <summary>Creates the ring and its buckets.</summary>
    /// <param name="servers">The servers; their order matters only if two points are equal.</param>
    /// <param name="function">The hash function of the points and the keys.</param>
    /// <exception cref="ArgumentException">The list is empty, or a weight is not valid.</exception>
    public ConsistentHashStrategy(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var totalWeight = HashServer.CheckedTotalWeight(servers);
        _serverCount = servers.Count;
        _function = function;
        _buckets = CreateBuckets(CreateRing(servers, totalWeight, function));
    }

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> key) => _serverCount == 1 ? 0 : _buckets[_function.Hash(key) % BucketCount];

    // A point is its hash in the upper half and its server in the lower, so that equal hashes sort in the servers' order.
    private static ulong[] CreateRing(IReadOnlyList<HashServer> servers, int totalWeight, IHashFunction function)
    {
        var ring = new ulong[totalWeight * PointsPerWeight];
        var point = 0;
        for (var server = 0; server < servers.Count; server++)
        {
            var (host, port, weight) = servers[server];
            var prefix = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}-"));
            var name = new byte[prefix.Length + 11];
            prefix.CopyTo(name, 0);
            for (var i = 0; i < weight * PointsPerWeight; i++)
            {
                i.TryFormat(name.AsSpan(prefix.Length), out var digits, default, CultureInfo.InvariantCulture);
                ring[point++] = ((ulong)function.Hash(name.AsSpan(0, prefix.Length + digits)) << 32) | (uint)server;
            }
        }

        Array.Sort(ring);
        return ring;
    }

    private static int[] CreateBuckets(ulong[] ring)
    {
        const uint Step = uint.MaxValue / BucketCount;
        var buckets = new int[BucketCount];
        var next = 0;
        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            while (next < ring.Length && ring[next] >> 32 < (ulong)Step * (uint)bucket)
            {
                next++;
            }

            var owner = next < ring.Length ? ring[next] : ring[0];
            buckets[bucket] = (int)(uint)owner;
        }

        return buckets;
    }
}

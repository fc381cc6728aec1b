using System.Globalization;

namespace TypedCache.Hashing;

/// <summary>
/// A ring of 160 points per unit of weight, read off into 1024 buckets (pecl-memcache, memcache_consistent_hash.c).
/// </summary>
public sealed class ConsistentHashStrategy : IHashStrategy
{
    private const int PointsPerWeight = 160;
    private const int BucketCount = 1024;

    // Which place of the ring a bucket is read off at: its number times this.
    private const uint Step = uint.MaxValue / BucketCount;

    private readonly IHashFunction _function;
    private readonly int _serverCount;
    private readonly int[] _buckets;

    /// <summary>Creates the buckets.</summary>
    /// <param name="servers">The servers; their order matters only if two points are equal.</param>
    /// <param name="function">The hash function of the points and the keys.</param>
    /// <exception cref="ArgumentException">The list is empty, or a weight is not valid.</exception>
    public ConsistentHashStrategy(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        HashServer.CheckedTotalWeight(servers);
        _serverCount = servers.Count;
        _function = function;
        _buckets = OwnersOf(FirstPoints(servers, function));
    }

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> key) => _serverCount == 1 ? 0 : _buckets[_function.Hash(key) % BucketCount];

    // The first point between the place of each bucket and that of the next. The ring itself is not needed, and with it no sorting. A
    // point is its hash in the upper half and its server in the lower, so that of equal hashes the first server's comes first.
    private static ulong[] FirstPoints(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        var first = new ulong[BucketCount];
        Array.Fill(first, ulong.MaxValue);
        for (var server = 0; server < servers.Count; server++)
        {
            var (host, port, weight) = servers[server];
            var points = new PointHashes(function, string.Create(CultureInfo.InvariantCulture, $"{host}:{port}-"));
            for (var i = 0; i < weight * PointsPerWeight; i++)
            {
                var hash = points.Next();
                ref var known = ref first[Math.Min(hash / Step, BucketCount - 1)];
                known = Math.Min(known, ((ulong)hash << 32) | (uint)server);
            }
        }

        return first;
    }

    // A bucket belongs to the first point from its place on; behind the last point the ring begins again.
    private static int[] OwnersOf(ulong[] firstPoints)
    {
        var owners = new int[BucketCount];
        var next = ulong.MaxValue;
        foreach (var point in firstPoints)
        {
            next = Math.Min(next, point);
        }

        for (var bucket = BucketCount - 1; bucket >= 0; bucket--)
        {
            next = firstPoints[bucket] == ulong.MaxValue ? next : firstPoints[bucket];
            owners[bucket] = (int)(uint)next;
        }

        return owners;
    }
}

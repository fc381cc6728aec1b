namespace TypedCache.Hashing;

/// <summary>
/// A ring of points: each server has many, and a key goes to the server of the point that its hash finds. What differs from client to client
/// is in <see cref="RingRules"/>.
/// </summary>
internal sealed class PointRing : IHashedStrategy, IReducibleStrategy, IAddressedStrategy
{
    private readonly IHashFunction _function;
    private readonly RingSearch _search;
    private readonly bool _sharesEqual;

    // A point is its hash in the upper half and its server in the lower.
    private readonly ulong[] _points;

    /// <summary>Creates the ring.</summary>
    /// <param name="servers">The servers; their order matters only if two points are equal.</param>
    /// <param name="function">The hash function of the keys.</param>
    /// <param name="rules">What the ring is like.</param>
    /// <exception cref="ArgumentException">The list is empty, or a server is not valid, or has no address where the ring needs one.</exception>
    public PointRing(IReadOnlyList<HashServer> servers, IHashFunction function, RingRules rules)
    {
        ArgumentNullException.ThrowIfNull(function);
        var totalWeight = HashServer.CheckedTotalWeight(servers, rules.TakesNames);
        ServerCount = servers.Count;
        _function = function;
        _search = rules.Search;
        _sharesEqual = rules.Equal == EqualPoints.Shared;
        UsesAddresses = rules.TakesAddresses;
        _points = RingSort.ByHash(PointsOf(servers, totalWeight, rules));
    }

    /// <summary>How many servers there are.</summary>
    public int ServerCount { get; }

    public bool UsesAddresses { get; }

    public int Find(ReadOnlySpan<byte> key) => FindByHash(_function.Hash(key));

    public uint Hash(ReadOnlySpan<byte> bytes) => _function.Hash(bytes);

    public int FindByHash(uint hash)
    {
        var points = _points;
        var at = _search == RingSearch.Floor ? IndexOfFloor(hash) : IndexOfCeiling(hash);
        if (at == 0 && _search == RingSearch.CeilingButLastBelowFirst && HashOf(points[0]) != hash)
        {
            return FindLast(without: default);
        }

        at = at < 0 ? points.Length - 1 : at == points.Length ? 0 : at;
        return ServerOf(points[_sharesEqual ? ShareOf(at, hash) : at]);
    }

    public int FindWithout(ReadOnlySpan<byte> key, ReadOnlySpan<int> without)
    {
        var hash = _function.Hash(key);
        var (start, step) = _search == RingSearch.Floor ? (IndexOfFloor(hash), -1) : (IndexOfCeiling(hash), 1);
        for (var i = 0; i < _points.Length; i++)
        {
            var at = (start + (i * step) + _points.Length) % _points.Length;
            if (!without.Contains(ServerOf(_points[at])))
            {
                return _search == RingSearch.CeilingButLastBelowFirst && HashOf(_points[at]) > hash && !HasAny(at, without) ? FindLast(without) : ServerOf(_points[at]);
            }
        }

        return -1;
    }

    private static uint HashOf(ulong point) => (uint)(point >> 32);

    private static int ServerOf(ulong point) => (int)(uint)point;

    // They come in the order of the servers, and equal hashes stay in it; where the last server has those, in the opposite order.
    private static ulong[] PointsOf(IReadOnlyList<HashServer> servers, int totalWeight, RingRules rules)
    {
        var digests = new PointDigest[servers.Count];
        var counts = new int[servers.Count];
        var total = 0;
        for (var server = 0; server < counts.Length; server++)
        {
            digests[server] = rules.Digest();
            counts[server] = digests[server].Points * rules.Count(servers[server].Weight, totalWeight, counts.Length);
            total += counts[server];
        }

        var points = new ulong[total];
        var before = 0;
        for (var server = 0; server < counts.Length; server++)
        {
            var start = rules.Equal == EqualPoints.OfLastServer ? total - before - counts[server] : before;
            Write(points.AsSpan(start, counts[server]), server, rules.Texts(servers[server]), digests[server]);
            before += counts[server];
        }

        return points;
    }

    private static void Write(Span<ulong> points, int server, PointNames texts, PointDigest digest)
    {
        Span<uint> hashes = stackalloc uint[PointDigest.MaxPoints];
        hashes = hashes[..digest.Points];
        while (!points.IsEmpty)
        {
            digest.Write(texts.Next(), hashes);
            foreach (var hash in hashes)
            {
                points[0] = ((ulong)hash << 32) | (uint)server;
                points = points[1..];
            }
        }
    }

    private int IndexOfCeiling(uint hash) => IndexOfFirst((ulong)hash << 32);

    // No server has the number that ends it.
    private int IndexOfFloor(uint hash) => IndexOfFirst(((ulong)hash << 32) | uint.MaxValue) - 1;

    // The first point that is not less; the number of points where all are.
    private int IndexOfFirst(ulong least)
    {
        var points = _points;
        var low = 0;
        var high = points.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (points[middle] < least)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int ShareOf(int first, uint hash)
    {
        var count = 1;
        while (first + count < _points.Length && HashOf(_points[first + count]) == HashOf(_points[first]))
        {
            count++;
        }

        return first + (int)(hash % (uint)count);
    }

    // Whether a server is left that has a point in front of a place.
    private bool HasAny(int end, ReadOnlySpan<int> without)
    {
        foreach (var point in _points.AsSpan(0, end))
        {
            if (!without.Contains(ServerOf(point)))
            {
                return true;
            }
        }

        return false;
    }

    // Of equal points the first one counts.
    private int FindLast(ReadOnlySpan<int> without)
    {
        var (last, server) = (-1L, -1);
        for (var i = _points.Length - 1; i >= 0 && (last < 0 || last == HashOf(_points[i])); i--)
        {
            if (!without.Contains(ServerOf(_points[i])))
            {
                (last, server) = (HashOf(_points[i]), ServerOf(_points[i]));
            }
        }

        return server;
    }
}

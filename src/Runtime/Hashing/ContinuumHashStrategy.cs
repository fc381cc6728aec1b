using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TypedCache.Hashing;

/// <summary>A ring of points of libmemcached (hosts.cc, <c>update_continuum</c>; hash.cc, <c>dispatch_host</c>).</summary>
internal sealed class ContinuumHashStrategy : IHashStrategy
{
    private const int UnweightedPoints = 100;
    private const int WeightedPoints = 160;
    private const int PointsPerDigest = 4;

    // libmemcached leaves memcached's default port out of the name; pecl-memcache does not.
    private const int UnnamedPort = 11211;

    private readonly IHashFunction _function;
    private readonly uint[] _points;
    private readonly int[] _owners;

    private ContinuumHashStrategy(IHashFunction function, List<(uint Point, int Server)> ring)
    {
        ring.Sort();
        _function = function;
        _points = [.. ring.Select(entry => entry.Point)];
        _owners = [.. ring.Select(entry => entry.Server)];
    }

    /// <summary>100 points per server, hashed as keys are; weights are ignored.</summary>
    public static ContinuumHashStrategy Unweighted(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        HashServer.CheckedTotalWeight(servers);
        var ring = new List<(uint, int)>(servers.Count * UnweightedPoints);
        for (var server = 0; server < servers.Count; server++)
        {
            for (var i = 0; i < UnweightedPoints; i++)
            {
                ring.Add((function.Hash(NameOf(servers[server], i)), server));
            }
        }

        return new ContinuumHashStrategy(function, ring);
    }

    /// <summary>About 160 points per server, shared out by weight: four from each MD5, whatever hashes the keys.</summary>
    public static ContinuumHashStrategy Weighted(IReadOnlyList<HashServer> servers, IHashFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var totalWeight = HashServer.CheckedTotalWeight(servers);
        var ring = new List<(uint, int)>(servers.Count * WeightedPoints);
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        for (var server = 0; server < servers.Count; server++)
        {
            for (var i = 0; i < DigestCount(servers[server].Weight, totalWeight, servers.Count); i++)
            {
                MD5.HashData(NameOf(servers[server], i), digest);
                for (var part = 0; part < PointsPerDigest; part++)
                {
                    ring.Add((BinaryPrimitives.ReadUInt32LittleEndian(digest[(part * sizeof(uint))..]), server));
                }
            }
        }

        return new ContinuumHashStrategy(function, ring);
    }

    /// <inheritdoc/>
    public int Find(ReadOnlySpan<byte> key)
    {
        var hash = _function.Hash(key);
        var low = 0;
        var high = _points.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle] < hash)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return _owners[low < _points.Length ? low : 0];
    }

    // Single precision at every step, as in the C source: 25 equal servers get 39 digests each and not 40.
    private static int DigestCount(int weight, int totalWeight, int servers)
    {
        var share = (float)weight / totalWeight;
        return (int)MathF.Floor((share * WeightedPoints / PointsPerDigest * servers) + 0.0000000001f);
    }

    private static byte[] NameOf(HashServer server, int index) => Encoding.UTF8.GetBytes(server.Port == UnnamedPort
        ? string.Create(CultureInfo.InvariantCulture, $"{server.Host}-{index}")
        : string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}-{index}"));
}

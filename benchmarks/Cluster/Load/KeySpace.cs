using System.Globalization;
using System.Text;
using TypedCache.Benchmarks.Cluster.Servers;

namespace TypedCache.Benchmarks.Cluster.Load;

/// <summary>All keys by their rank, with their popularity and the length of their values. It never changes, so that many runs share it.</summary>
internal sealed class KeySpace
{
    // Sizes as of small objects and of a few pages of HTML; one of ten values is large.
    private static readonly byte[][] Values = [.. new[] { 60, 90, 120, 160, 200, 260, 340, 480, 760, 1600 }.Select(length => new byte[length])];

    private readonly byte[][] _keys;
    private readonly double _callsPerSecond;
    private readonly Lazy<double> _presentBytes;

    public KeySpace(ClusterScale scale)
    {
        Ranks = new ZipfRanks(scale.Keys, ClusterScale.ZipfExponent);
        _callsPerSecond = scale.CallsPerSecond;
        _presentBytes = new Lazy<double>(SumPresentBytes);
        _keys = new byte[scale.Keys][];
        for (var rank = 0; rank < _keys.Length; rank++)
        {
            _keys[rank] = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"shop:item:{rank}"));
        }
    }

    public int Count => _keys.Length;

    public ZipfRanks Ranks { get; }

    /// <summary>A key as it goes over the wire.</summary>
    public byte[] this[int rank] => _keys[rank];

    /// <summary>The value of a key. All of a length are the same bytes: what a value is worth is told by its flags.</summary>
    public static byte[] ValueOf(int rank) => Values[Dice.Mix((ulong)rank) % (ulong)Values.Length];

    /// <summary>
    /// How likely a key is in the cache of a cluster that has run for long: it comes with a read, and goes with an update or its expiry.
    /// </summary>
    public double Presence(int rank)
    {
        var calls = Ranks.Share(rank) * _callsPerSecond;
        var updates = calls * ClusterScale.UpdateShare;
        var life = (1 - Math.Exp(-updates * ClusterScale.Expires.TotalSeconds)) / updates;
        return life / (life + (1 / (calls - updates)));
    }

    /// <summary>How many seconds a value that is in the cache has left, where a part from 0 to 1 decides.</summary>
    public int SecondsLeft(int rank, double part)
    {
        var updates = Ranks.Share(rank) * _callsPerSecond * ClusterScale.UpdateShare;
        var expires = ClusterScale.Expires.TotalSeconds;
        var age = -Math.Log(1 - (part * (1 - Math.Exp(-updates * expires)))) / updates;
        return Math.Max(1, (int)(expires - age));
    }

    /// <summary>The memory of each server with which so many of them use <see cref="ClusterScale.MemoryUse"/> of it.</summary>
    public long MemoryOf(int servers) => (long)(_presentBytes.Value / servers / ClusterScale.MemoryUse);

    private double SumPresentBytes()
    {
        var bytes = 0.0;
        for (var rank = 0; rank < Count; rank++)
        {
            bytes += Presence(rank) * CacheServer.SizeOf(_keys[rank], ValueOf(rank));
        }

        return bytes;
    }
}

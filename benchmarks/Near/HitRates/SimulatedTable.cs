using System.Buffers.Binary;
using TypedCache.Hashing;
using TypedCache.Near;

namespace TypedCache.Benchmarks.Near.HitRates;

/// <summary>The table of the near cache. Its hashes are the same in each run.</summary>
internal sealed class SimulatedTable(long maxBytes, Func<int, long> weightOf) : ISimulatedCache
{
    private readonly NearTable _table = new(maxBytes);

    /// <summary>The most bytes that it ever held.</summary>
    public long MostBytes { get; private set; }

    public bool Read(int key)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, key);
        var hash = (int)BitMixer.Mix((uint)key);
        if (_table.Find(bytes, hash) is not null)
        {
            return true;
        }

        lock (_table.Gate)
        {
            _table.Set(new Entry(bytes.ToArray(), hash, weightOf(key)));
        }

        MostBytes = Math.Max(MostBytes, _table.Bytes);
        return false;
    }

    private sealed class Entry(byte[] key, int hash, long weight) : NearEntry(key, hash, weight);
}

using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Embedded;

namespace TypedCache.Benchmarks.Cluster.Servers;

/// <summary>
/// One server: the embedded server's store with what its meta commands do (<c>MetaCommands</c>, <c>MetaHit</c>), and the state of its
/// network. A value is known by its flags, which hold its version plus one; a placeholder of a lease has none.
/// </summary>
internal sealed class CacheServer(int id, TimeProvider time, long memory, KeySpace keys)
{
    private EmbeddedStore _store = NewStore(time, memory);

    public int Id => id;

    public ServerCondition Condition { get; private set; }

    /// <summary>Grows with each start: connections do not outlive it.</summary>
    public int Life { get; private set; }

    /// <summary>Until when commands wait.</summary>
    public long StalledUntil { get; set; }

    /// <summary>How many times longer than usual its packets travel.</summary>
    public double Slowness { get; set; } = 1;

    /// <summary>How many times it has been read.</summary>
    public long Reads { get; private set; }

    /// <summary>How many values it was to store.</summary>
    public long Fills { get; private set; }

    /// <summary>How many deletes it has carried out.</summary>
    public long Deletes { get; private set; }

    /// <summary>How many commands it has executed.</summary>
    public long Commands => Reads + Fills + Deletes;

    /// <summary>The bytes of its items, as memcached counts them.</summary>
    public long Bytes => _store.Items.Bytes;

    /// <summary>The bytes that an item takes.</summary>
    public static long SizeOf(byte[] key, byte[] value) => EmbeddedItem.SizeOf(key.Length, flags: 1, value.Length);

    /// <summary>Ends the process: what it held is gone.</summary>
    public void Stop()
    {
        Condition = ServerCondition.Refusing;
        Life++;
        _store = NewStore(time, memory);
    }

    /// <summary>Loses all packets from now on; the process goes on.</summary>
    public void CutOff() => Condition = ServerCondition.CutOff;

    /// <summary>Can be reached.</summary>
    public void Return() => Condition = ServerCondition.Up;

    /// <summary>Stores a value before the simulation begins.</summary>
    public void Preload(int rank, int seconds)
    {
        _store.Tick();
        _store.Link(new EmbeddedItem(keys[rank], KeySpace.ValueOf(rank)) { Flags = 1, ExpiresAt = _store.ToSecond(seconds) });
    }

    /// <summary>Reads a value, or wins the lease to create it.</summary>
    public Answer ReadOrLease(int rank, int leaseSeconds, out uint version, out ulong cas)
    {
        Reads++;
        _store.Tick();
        version = 0;
        var item = _store.Find(keys[rank]);
        var won = item is null;
        if (item is null)
        {
            item = new EmbeddedItem(keys[rank], []);
            _store.Link(item);
            item.ExpiresAt = _store.ToSecond(leaseSeconds);
            item.TokenSent = true;
        }

        _store.NoteRead(item);
        cas = item.Cas;
        if (won)
        {
            return Answer.Won;
        }

        version = item.Flags - 1;
        return item.Flags == 0 ? Answer.Taken : Answer.Value;
    }

    /// <summary>Reads a value and the seconds it has left.</summary>
    public Answer Read(int rank, out uint version, out int secondsLeft)
    {
        Reads++;
        _store.Tick();
        version = 0;
        secondsLeft = 0;
        if (_store.Find(keys[rank]) is not { Flags: > 0 } item)
        {
            return Answer.Missing;
        }

        _store.NoteRead(item);
        version = item.Flags - 1;
        secondsLeft = (int)(item.ExpiresAt - _store.Now);
        return Answer.Value;
    }

    /// <summary>Stores a value, unless anything has happened to the item since the lease was given.</summary>
    public Answer Fill(int rank, ulong cas, uint version, int seconds)
    {
        Fills++;
        _store.Tick();
        var item = new EmbeddedItem(keys[rank], KeySpace.ValueOf(rank)) { Flags = version + 1, Cas = cas, ExpiresAt = _store.ToSecond(seconds) };
        return _store.Store(item, StoreMode.Cas, keepStale: false, out _) == StoreResult.Stored ? Answer.Done : Answer.Missing;
    }

    public Answer Delete(int rank)
    {
        Deletes++;
        _store.Tick();
        _store.Delete(keys[rank]);
        return Answer.Done;
    }

    private static EmbeddedStore NewStore(TimeProvider time, long memory) => new(new EmbeddedServerOptions { TimeProvider = time, MemoryLimit = memory });
}

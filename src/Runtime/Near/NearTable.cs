using System.Runtime.CompilerServices;

namespace TypedCache.Near;

/// <summary>
/// The values of the near cache by key, bounded by bytes. Readers take no lock; who changes it holds <see cref="Gate"/>.
/// </summary>
/// <remarks>
/// <para>
/// What is new goes into a small window. What the window pushes out gets into the main part if it was asked for more often than all that
/// it would push out there together (TinyLFU: Einziger, Friedman and Manes, 2017). What is heavier than the window has to win at once.
/// So a scan, or a loop that is longer than the table, leaves alone what is in use.
/// </para>
/// <para>
/// An entry takes its own weight, and of the table 8 to 16 bytes of chains and 16 to 32 bytes of sketch, which do not count as
/// <see cref="Bytes"/>. An empty table takes neither.
/// </para>
/// </remarks>
internal sealed class NearTable(long maxBytes)
{
    private const int WindowShare = 100;
    private const int LargestShare = 4;

    // Counts are halved after that many for each entry.
    private const int EpochLength = 15;
    private const int SmallestEpoch = 256;

    private const int Margin = 1;

    private readonly NearChains _chains = new();
    private readonly NearQueue _window = new();
    private readonly NearQueue _main = new();
    private readonly long _windowBytes = maxBytes / WindowShare;
    private readonly long _mainBytes = maxBytes - maxBytes / WindowShare;
    private NearSketch? _sketch;
    private long _bytes;
    private long _evictions;
    private int _full = NearFrequency.Limit;
    private NearCount _counted;

    /// <summary>Held by whoever changes the table.</summary>
    public Lock Gate { get; } = new();

    public int Count => _chains.Count;

    /// <summary>The weight of all entries.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many entries had to make room for others. What was replaced or removed is not counted.</summary>
    public long Evictions => Volatile.Read(ref _evictions);

    /// <summary>The hash of a key, which is another in each process.</summary>
    public static int HashOf(ReadOnlySpan<byte> key) => NearHash.Of(key);

    /// <summary>The entry of a key, whose use is counted. Takes no lock.</summary>
    public NearEntry? Find(ReadOnlySpan<byte> key, int hash)
    {
        var entry = _chains.Find(key, hash);
        if (entry is not null && entry.Frequency != _full)
        {
            CountUse(entry);
        }

        return entry;
    }

    /// <summary>Counts that an entry was used which was found elsewhere. Takes no lock.</summary>
    public void Use(NearEntry entry)
    {
        if (entry.Frequency != _full)
        {
            CountUse(entry);
        }
    }

    /// <summary>Adds an entry in place of the one of the same key, if there is one, which is gone afterwards in any case.</summary>
    /// <param name="entry">An entry that was never set before.</param>
    /// <returns>Whether it is in the table. Not if it is heavier than a quarter of the table, or was not asked for often enough.</returns>
    public bool Set(NearEntry entry)
    {
        var former = _chains.Find(entry.Key, entry.Hash);
        if (entry.Weight <= maxBytes / LargestShare)
        {
            Enter(entry, former);
        }
        else if (former is not null)
        {
            Drop(former);
        }

        PublishBytes();
        return entry.IsListed;
    }

    /// <summary>Removes the entry of a key.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(ReadOnlySpan<byte> key, int hash)
    {
        var entry = _chains.Find(key, hash);
        if (entry is null)
        {
            return false;
        }

        Drop(entry);
        PublishBytes();
        return true;
    }

    /// <summary>Removes all, and forgets what was asked for how often.</summary>
    public void Clear()
    {
        _chains.Clear();
        _window.Clear();
        _main.Clear();
        _sketch = null;
        _counted.Value = 0;
        PublishBytes();
    }

    // Out of line, so that finding what is full stays short. Every fourth count of an entry counts for the epoch, as four.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountUse(NearEntry entry)
    {
        var frequency = NearFrequency.Increase(entry.Frequency, _full);
        entry.Frequency = frequency;
        if ((frequency & 3) == 0)
        {
            _counted.Value += 4;
        }
    }

    private void Enter(NearEntry entry, NearEntry? former)
    {
        StartEpoch();
        if (former is null)
        {
            entry.Frequency = NearFrequency.Of(CountMiss(entry.Hash), _full);
            entry.List();
            _chains.Add(entry);
            Place(entry);
        }
        else
        {
            Replace(former, entry);
        }
    }

    private void StartEpoch()
    {
        if (_counted.Value < Math.Max((long)Count * EpochLength, SmallestEpoch))
        {
            return;
        }

        _counted.Value /= 2;
        _sketch?.Halve();
        _full = NearFrequency.NextEpoch(_full);
    }

    private int CountMiss(int hash)
    {
        _counted.Value++;
        _sketch ??= new NearSketch();
        _sketch.Fit(Count);
        return _sketch.Increase(hash);
    }

    private void Replace(NearEntry former, NearEntry entry)
    {
        var queue = former.Queue!;
        queue.Remove(former);
        entry.Frequency = former.Frequency;
        entry.List();
        _chains.Replace(former, entry);
        former.Unlist();
        if (queue == _window)
        {
            Place(entry);
            return;
        }

        // It was let in before.
        while (_main.Bytes + entry.Weight > _mainBytes)
        {
            Evict(_main.Oldest!);
        }

        _main.Add(entry);
    }

    private void Place(NearEntry entry)
    {
        if (entry.Weight > _windowBytes)
        {
            if (MakeRoom(entry))
            {
                _main.Add(entry);
            }
            else
            {
                Forget(entry);
            }

            return;
        }

        _window.Add(entry);
        while (_window.Bytes > _windowBytes)
        {
            Leave(_window.Oldest!);
        }
    }

    // From the window to the main part, or out.
    private void Leave(NearEntry entry)
    {
        if (MakeRoom(entry))
        {
            _window.Remove(entry);
            _main.Add(entry);
        }
        else
        {
            Evict(entry);
        }
    }

    // Whether there is room in the main part, if need be by pushing out entries which together were asked for less often.
    private bool MakeRoom(NearEntry candidate)
    {
        var needed = _main.Bytes + candidate.Weight - _mainBytes;
        if (needed > 0 && !Outweighs(candidate, needed))
        {
            return false;
        }

        while (_main.Bytes + candidate.Weight > _mainBytes)
        {
            Evict(_main.Oldest!);
        }

        return true;
    }

    // A victim that is heavier counts for the share that is taken of it, unless it is in use all the time: then it stays.
    // One more than needed is asked for, so that keys which are used alike do not take turns. What was not beaten goes to the back: the
    // next candidate meets others.
    private bool Outweighs(NearEntry candidate, long needed)
    {
        var count = CountOf(candidate);
        var victims = 0;
        double sum = Margin;
        for (var victim = _main.Oldest!; needed > 0; victim = victim.Newer!)
        {
            victims++;
            needed -= victim.Weight;
            sum += CountOf(victim) * Math.Min(1, (double)candidate.Weight / victim.Weight);
            if (CountOf(victim) == NearFrequency.Limit || count < NearFrequency.Limit && sum >= count)
            {
                RenewOldest(victims);
                return false;
            }
        }

        return true;
    }

    private void RenewOldest(int entries)
    {
        for (; entries > 0; entries--)
        {
            _main.Renew(_main.Oldest!);
        }
    }

    private int CountOf(NearEntry entry) => NearFrequency.CountAt(entry.Frequency, _full);

    private void Evict(NearEntry entry)
    {
        Drop(entry);
        Volatile.Write(ref _evictions, _evictions + 1);
    }

    private void Drop(NearEntry entry)
    {
        entry.Queue!.Remove(entry);
        Forget(entry);
    }

    private void Forget(NearEntry entry)
    {
        entry.Unlist();
        _chains.Remove(entry);
        _sketch?.Raise(entry.Hash, CountOf(entry));
    }

    private void PublishBytes() => Volatile.Write(ref _bytes, _window.Bytes + _main.Bytes);
}

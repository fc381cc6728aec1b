using System.Globalization;

namespace TypedCache.Embedded;

/// <summary>
/// The items of an embedded server with memcached's rules for storing, expiry, flushing and eviction.
/// Every member has to be called under <see cref="Gate"/>, after <see cref="Tick"/>.
/// </summary>
internal sealed class EmbeddedStore(EmbeddedServerOptions options)
{
    public const int MaxKeyLength = 250;

    private readonly EmbeddedClock _clock = new(options.TimeProvider);
    private readonly int _maxItemSize = options.MaxItemSize;
    private ulong _lastCas;
    private uint _oldestLive;
    private ulong _oldestCas;

    /// <summary>The lock of everything in the store, counters included.</summary>
    public Lock Gate { get; } = new();

    public ItemTable Items { get; } = new();

    public EmbeddedCounters Counters { get; private set; } = new();

    public EmbeddedClock Clock => _clock;

    public long MemoryLimit { get; private set; } = options.MemoryLimit;

    public int MaxItemSize => _maxItemSize;

    /// <summary>Whether <c>mg</c> with a CAS number sends no value that has it.</summary>
    public bool ComparesCas { get; } = CasComparison.AreIn(options.Version);

    /// <summary>From this second on, items last used up to it count as flushed; 0: none do.</summary>
    public uint OldestLive => _oldestLive;

    /// <summary>The second of the command that runs: one command sees one time.</summary>
    public uint Now { get; private set; }

    public void Tick() => Now = _clock.Now;

    public uint ToSecond(int expiry) => _clock.ToSecond(expiry, Now);

    public bool Fits(int keyLength, uint flags, long valueLength) =>
        valueLength <= _maxItemSize && EmbeddedItem.SizeOf(keyLength, flags, (int)valueLength) <= _maxItemSize;

    /// <summary>Finds a live item; an expired or flushed one is removed on the way.</summary>
    public EmbeddedItem? Find(ReadOnlySpan<byte> key)
    {
        var item = Items.Find(key);
        if (item is null)
        {
            return null;
        }

        if (IsFlushed(item))
        {
            Items.Remove(item);
            Counters.GetFlushed++;
            return null;
        }

        if (IsExpired(item))
        {
            Items.Remove(item);
            Counters.GetExpired++;
            return null;
        }

        return item;
    }

    /// <summary>Notes that an item was read. The first read only marks it, as in memcached's segmented LRU.</summary>
    public void NoteRead(EmbeddedItem item)
    {
        if (item.Fetched)
        {
            item.LastAccess = Now;
        }

        item.Fetched = true;
        Items.Promote(item);
    }

    /// <summary>
    /// Stores an item by the rules of do_store_item; <see cref="EmbeddedItem.Cas"/> holds the CAS it requires. With
    /// <paramref name="keepStale"/> an item with a lower CAS than the stored one replaces it, but stays stale
    /// (<c>ms</c> with <c>I</c>). <paramref name="cas"/> is that of the stored item; 0 if nothing was stored.
    /// </summary>
    public StoreResult Store(EmbeddedItem item, StoreMode mode, bool keepStale, out ulong cas)
    {
        cas = 0;
        var old = Find(item.Key);
        var result = old is null ? WhenMissing(mode) : WhenPresent(old, item, mode, keepStale);
        if (result != StoreResult.Stored)
        {
            Counters.CasMisses += result == StoreResult.NotFound ? 1 : 0;
            return result;
        }

        if (mode is StoreMode.Append or StoreMode.Prepend)
        {
            if (Joined(old!, item, mode) is not { } joined)
            {
                return StoreResult.NotStored;
            }

            item = joined;
        }

        Replace(old, item);
        cas = item.Cas;
        return StoreResult.Stored;
    }

    /// <summary>Links an item whose key is not in the store, which gives it its CAS.</summary>
    public void Link(EmbeddedItem item)
    {
        MakeRoom(item.Size);
        item.LastAccess = Now;
        item.Cas = NextCas();
        Items.Add(item);
        Counters.TotalItems++;
    }

    public void Delete(ReadOnlySpan<byte> key)
    {
        if (Find(key) is { } item)
        {
            Items.Remove(item);
        }
    }

    /// <summary>Marks an item as stale: the next reader is told to refresh it, the others get the old value.</summary>
    public void MarkStale(EmbeddedItem item)
    {
        item.Stale = true;
        item.TokenSent = false;
        item.Cas = NextCas();
    }

    /// <summary>
    /// Adds to or subtracts from a number kept as text (do_add_delta). A <paramref name="requiredCas"/> of 0 matches any.
    /// Returns the item as it was found, with the new CAS: if the number got longer, it is no longer the stored one,
    /// and what is done to it (the flag <c>T</c> of <c>ma</c>) is lost, as in memcached.
    /// </summary>
    public DeltaResult AddDelta(ReadOnlySpan<byte> key, bool increment, ulong delta, ulong requiredCas, out ulong number, out EmbeddedItem? item)
    {
        number = 0;
        item = Find(key);
        if (item is null)
        {
            return DeltaResult.NotFound;
        }

        if (item.Value.Length > 0 && requiredCas != 0 && item.Cas != requiredCas)
        {
            item = null;
            return DeltaResult.CasMismatch;
        }

        if (!AsciiNumber.TryParse(item.Value, out number))
        {
            item = null;
            return DeltaResult.NotNumeric;
        }

        number = increment ? unchecked(number + delta) : number - Math.Min(delta, number);
        Counters.IncrementHits += increment ? 1 : 0;
        Counters.DecrementHits += increment ? 0 : 1;
        WriteNumber(item, number);
        return DeltaResult.Done;
    }

    /// <summary>Drops all items, at once or after so many seconds (process_flush_all_command).</summary>
    public void Flush(int delay)
    {
        _oldestLive = (delay > 0 ? ToSecond(delay) : Now) - 1;
        if (_oldestLive <= Now)
        {
            _oldestCas = NextCas();
        }
    }

    public void SetMemoryLimit(long bytes)
    {
        MemoryLimit = Math.Max(bytes, _maxItemSize);
        MakeRoom(0);
    }

    /// <summary>Whether an item that is still held would not be found.</summary>
    public bool IsGone(EmbeddedItem item) => IsExpired(item) || IsFlushed(item);

    /// <summary>Removes a live item as if its memory were needed.</summary>
    public void Evict(EmbeddedItem item)
    {
        Items.Remove(item);
        Counters.Evictions++;
        Counters.EvictedUnfetched += item.Fetched ? 0 : 1;
    }

    public void ResetCounters() => Counters = new EmbeddedCounters();

    private static StoreResult WhenMissing(StoreMode mode) => mode switch
    {
        StoreMode.Set or StoreMode.Add => StoreResult.Stored,
        StoreMode.Cas => StoreResult.NotFound,
        _ => StoreResult.NotStored,
    };

    private StoreResult WhenPresent(EmbeddedItem old, EmbeddedItem item, StoreMode mode, bool keepStale)
    {
        switch (mode)
        {
            case StoreMode.Add:
                old.LastAccess = Now;
                Items.Promote(old);
                return StoreResult.NotStored;
            case StoreMode.Append or StoreMode.Prepend:
                return item.Cas == 0 || item.Cas == old.Cas ? StoreResult.Stored : StoreResult.Exists;
            case StoreMode.Cas:
                return CompareCas(old, item, keepStale);
            default:
                return StoreResult.Stored;
        }
    }

    private StoreResult CompareCas(EmbeddedItem old, EmbeddedItem item, bool keepStale)
    {
        if (item.Cas != 0 && item.Cas == old.Cas)
        {
            Counters.CasHits++;
            return StoreResult.Stored;
        }

        if (item.Cas != 0 && keepStale && item.Cas < old.Cas)
        {
            item.ExpiresAt = old.ExpiresAt;
            item.Stale = true;
            item.TokenSent = old.TokenSent;
            Counters.CasHits++;
            return StoreResult.Stored;
        }

        Counters.CasBadValue++;
        return StoreResult.Exists;
    }

    private EmbeddedItem? Joined(EmbeddedItem old, EmbeddedItem item, StoreMode mode)
    {
        var length = (long)old.Value.Length + item.Value.Length;
        if (!Fits(old.Key.Length, old.Flags, length))
        {
            return null;
        }

        byte[] value = mode == StoreMode.Append ? [.. old.Value, .. item.Value] : [.. item.Value, .. old.Value];
        return new EmbeddedItem(item.Key, value) { Flags = old.Flags, ExpiresAt = old.ExpiresAt };
    }

    private void WriteNumber(EmbeddedItem item, ulong number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        digits = digits[..length];
        if (length <= item.Value.Length)
        {
            // memcached writes a shorter number into the old place and pads it with spaces.
            digits.CopyTo(item.Value);
            item.Value.AsSpan(length).Fill((byte)' ');
            item.Cas = NextCas();
            item.LastAccess = Now;
            Items.Promote(item);
            return;
        }

        var longer = new EmbeddedItem(item.Key, digits.ToArray()) { Flags = item.Flags, ExpiresAt = item.ExpiresAt };
        Replace(item, longer);
        item.Cas = longer.Cas;
    }

    private void Replace(EmbeddedItem? old, EmbeddedItem item)
    {
        if (old is not null)
        {
            Items.Remove(old);
        }

        Link(item);
    }

    private void MakeRoom(long needed)
    {
        while (Items.Bytes + needed > MemoryLimit && Items.Oldest is { } oldest)
        {
            if (IsGone(oldest))
            {
                Items.Remove(oldest);
                Counters.Reclaimed++;
                Counters.ExpiredUnfetched += oldest.Fetched ? 0 : 1;
            }
            else
            {
                Evict(oldest);
            }
        }
    }

    private bool IsExpired(EmbeddedItem item) => item.ExpiresAt != 0 && item.ExpiresAt <= Now;

    private bool IsFlushed(EmbeddedItem item) =>
        _oldestLive != 0 && _oldestLive <= Now && (item.LastAccess <= _oldestLive || item.Cas < _oldestCas);

    private ulong NextCas() => ++_lastCas;
}

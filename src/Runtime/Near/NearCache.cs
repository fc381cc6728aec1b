using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache.Near;

/// <summary>
/// The values of one pool that are kept in this process.
/// <para>
/// What is given out was current on its server within the time that the caller allows plus one round trip, because that time begins
/// before the read is sent. What this process changes is never given out as it was before: the key is taken out and its epoch advances
/// before a change is sent, and again when it is answered, before its caller hears of that; and a read keeps what it brings only if the
/// epoch is the one of before it was sent, under the lock under which keys are taken out.
/// </para>
/// </summary>
/// <param name="maxBytes">How much memory all that is kept may take, in bytes; 0: nothing is kept.</param>
/// <param name="time">The pool's clock.</param>
internal sealed class NearCache(long maxBytes, TimeProvider time) : IWriteWatcher, IObservedNearCache
{
    private readonly NearTable _table = new(maxBytes);
    private readonly NearEpochs _epochs = new();
    private readonly NearClock _clock = new(time);
    private volatile bool _isUsed;

    /// <summary>Held by whoever changes what is kept, or where it is found.</summary>
    public Lock Gate => _table.Gate;

    /// <summary>How many values are kept.</summary>
    public int Count => _table.Count;

    /// <summary>How much memory they take, in bytes.</summary>
    public long Bytes => _table.Bytes;

    /// <summary>How many values have been removed for want of room.</summary>
    public long Evictions => _table.Evictions;

    /// <summary>A time that is not later than now. A read takes it before it is sent.</summary>
    public long Start => _clock.Start;

    /// <summary>Finds a value that may be given out.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="codec">What reads the value.</param>
    /// <param name="near">What the caller wants.</param>
    /// <param name="router">The servers that the pool has now.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NearValue<T>? Find<T>(ReadOnlySpan<byte> key, int hash, ICacheCodec<T> codec, NearOptions near, OperationRouter router) =>
        FindKept(key, hash, codec, near, router) is { } kept && kept.IsFresh(_clock.Now, near) ? kept : null;

    /// <summary>Finds a value of which its server may be asked whether it has changed, or that may be given out.</summary>
    /// <inheritdoc cref="Find" path="/param"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NearValue<T>? FindKept<T>(ReadOnlySpan<byte> key, int hash, ICacheCodec<T> codec, NearOptions near, OperationRouter router) =>
        _table.Find(key, hash) is NearValue<T> kept && kept.Codec == codec && kept.Bytes is null == near.SharesValues && kept.IsOf(router) ? kept : null;

    /// <summary>Takes note of the use of a value that was found elsewhere than here, if it may be given out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryUse<T>(NearValue<T> kept, NearOptions near, OperationRouter router)
    {
        if (!kept.IsOf(router) || !kept.IsFresh(_clock.Now, near))
        {
            return false;
        }

        _table.Use(kept);
        return true;
    }

    /// <summary>Whether the server may be asked whether a value has changed, in place of a read in full.</summary>
    public bool MayRevalidate<T>(NearValue<T> kept) => kept.Cas.ToUInt64() != 0 && _clock.Now < kept.KeptUntil;

    /// <summary>The epoch of a key. A read takes it before it is sent.</summary>
    public long EpochOf(int hash)
    {
        BeginUse();
        return _epochs.Of(hash);
    }

    /// <summary>The epochs of all keys. A read of many takes them before it is sent.</summary>
    public NearEpochs.Snapshot TakeEpochs()
    {
        BeginUse();
        return _epochs.Take();
    }

    /// <summary>Keeps what has been read, unless it may have changed since, or is about to expire.</summary>
    /// <param name="key">The key as it goes over the wire, which is kept.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="epoch">The epoch of the key before the read was sent.</param>
    /// <param name="read">What has been read.</param>
    /// <param name="start">The time before the read was sent.</param>
    /// <param name="codec">What reads the value.</param>
    /// <param name="near">What the caller wants.</param>
    /// <param name="router">The servers that the pool had when the read was sent.</param>
    public void Keep<T>(byte[] key, int hash, long epoch, in NearRead<T> read, long start, ICacheCodec<T> codec, NearOptions near, OperationRouter router)
    {
        if (LifeOf(read, start, near) is not { } life)
        {
            Forget(key, hash);
            return;
        }

        var value = new NearValue<T>(key, hash, read, codec, router, life, start + near.Revalidate.Ticks);
        lock (_table.Gate)
        {
            if (_epochs.Of(hash) == epoch)
            {
                _table.Set(value);
            }
        }
    }

    /// <summary>The server has said that a value has not changed.</summary>
    /// <param name="kept">The value.</param>
    /// <param name="epoch">The epoch of its key before the server was asked.</param>
    /// <param name="start">The time before the server was asked.</param>
    /// <param name="timeLeft">How much time the value has left on its server.</param>
    public void Renew<T>(NearValue<T> kept, long epoch, long start, long timeLeft)
    {
        lock (_table.Gate)
        {
            if (_epochs.Of(kept.Hash) == epoch && kept.IsListed)
            {
                kept.Renew(NearLife.Of(start, timeLeft));
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Where nothing has been read for the near cache yet, there is nothing to take out. A read that begins at the same moment either is
    /// seen here when the change is answered, or has been sent after that.
    /// </remarks>
    public void Changes(ReadOnlySpan<byte> key)
    {
        if (_isUsed)
        {
            var hash = NearTable.HashOf(key);
            _epochs.Advance(hash);
            Forget(key, hash);
        }
    }

    /// <summary>Takes everything out.</summary>
    public void Clear()
    {
        _epochs.AdvanceAll();
        lock (_table.Gate)
        {
            _table.Clear();
        }
    }

    // Null: it must not be kept, or not any more.
    private NearLife? LifeOf<T>(in NearRead<T> read, long start, NearOptions near)
    {
        if (!read.Found || read.Marks != LeaseMarks.None || read.TimeLeft is not { } timeLeft)
        {
            return null;
        }

        var life = NearLife.Of(start, timeLeft);
        return life.End - near.StaleTicks > _clock.Now ? life : null;
    }

    private void Forget(ReadOnlySpan<byte> key, int hash)
    {
        lock (_table.Gate)
        {
            _table.Remove(key, hash);
        }
    }

    private void BeginUse()
    {
        if (!_isUsed)
        {
            _isUsed = true;
            Interlocked.MemoryBarrier();
        }
    }
}

using System.Runtime.CompilerServices;
using TypedCache.Near;
using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// Finds near values of one method by its arguments, so that a hit writes no key. Generated clients keep one for each pool. What it does
/// not know, or what somebody wants to hear of, goes the way of the key.
/// </summary>
/// <remarks>It keeps nothing alive: a value that leaves the near cache leaves the index too. Its own table has 32 KiB, once it is used.</remarks>
/// <typeparam name="TArguments">The arguments of which the key is made. Equal ones have to give one key.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class NearIndex<TArguments, T>
    where TArguments : notnull
{
    // Each pair of neighbours is one set.
    private const int Length = 1 << Bits;
    private const int Bits = 12;

    private readonly MemcachedPool _pool;
    private readonly NearCache _cache;
    private readonly ICacheCodec<T> _codec;
    private readonly NearOptions _near;
    private NearSlot<TArguments, T>?[]? _slots;

    /// <summary>Makes an index that knows nothing yet.</summary>
    /// <param name="pool">The pool whose values they are.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="near">How the method keeps values, as one object that all callers share.</param>
    public NearIndex(MemcachedPool pool, ICacheCodec<T> codec, NearOptions near)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(near);
        _pool = pool;
        _cache = pool.NearCache;
        _codec = codec;
        _near = near;
    }

    /// <summary>Takes a value that may be given out, as <see cref="MemcachedPool.GetAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, NearOptions, CancellationToken, KeyTemplate)"/> would.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is one; else the caller asks by the key.</returns>
    public bool TryTake(TArguments arguments, CancellationToken cancellationToken, out T value)
    {
        if (Find(arguments) is { } kept && !cancellationToken.IsCancellationRequested && _pool.MayTakeUnheard && _cache.TryUse(kept, _near, _pool.Router))
        {
            value = kept.Value!;
            return true;
        }

        value = default!;
        return false;
    }

    /// <summary>Takes note of which value the arguments stand for, if it is near.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="key">The key that they give, before the pool's prefix.</param>
    public void Learn(TArguments arguments, ReadOnlySpan<byte> key)
    {
        if (_pool.FindNear(key, _codec, _near) is not { } kept)
        {
            return;
        }

        lock (_cache.Gate)
        {
            if (kept.IsListed)
            {
                Place(new NearSlot<TArguments, T>(_slots ??= new NearSlot<TArguments, T>?[Length], arguments, kept));
            }
        }
    }

    private static int SetOf(TArguments arguments) =>
        (int)((uint)EqualityComparer<TArguments>.Default.GetHashCode(arguments) * 0x9E37_79B1u >> (32 - Bits)) & ~1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NearValue<T>? Find(TArguments arguments)
    {
        if (_slots is not { } slots)
        {
            return null;
        }

        var set = SetOf(arguments);
        var slot = Volatile.Read(ref slots[set]);
        if (slot is null || !EqualityComparer<TArguments>.Default.Equals(slot.Arguments, arguments))
        {
            slot = Volatile.Read(ref slots[set + 1]);
            if (slot is null || !EqualityComparer<TArguments>.Default.Equals(slot.Arguments, arguments))
            {
                return null;
            }
        }

        return slot.Value;
    }

    // Of the two that are there, the one that was there first leaves.
    private static void Place(NearSlot<TArguments, T> slot)
    {
        var set = SetOf(slot.Arguments);
        if (slot.Slots[set] is { } first && !EqualityComparer<TArguments>.Default.Equals(first.Arguments, slot.Arguments))
        {
            slot.Slots[set + 1]?.Leave();
            first.MoveTo(set + 1);
        }

        slot.Slots[set]?.Leave();
        slot.Enter(set);
    }
}

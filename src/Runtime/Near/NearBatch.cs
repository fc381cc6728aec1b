using TypedCache.Pool;
using TypedCache.Pool.Moves;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache.Near;

/// <summary>What reads of many keys have to do with the near cache. It is made before anything is sent.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="cache">Keeps values.</param>
/// <param name="pipeline">Reads values.</param>
/// <param name="codec">Reads the values' bytes.</param>
/// <param name="near">What the caller wants.</param>
/// <param name="router">The servers that the pool has now.</param>
/// <param name="template">What the keys are called in telemetry.</param>
internal sealed class NearBatch<T>(NearCache cache, ValuePipeline pipeline, ICacheCodec<T> codec, NearOptions near, OperationRouter router, KeyTemplate? template)
{
    private readonly NearEpochs.Snapshot _epochs = cache.TakeEpochs();
    private readonly long _start = cache.Start;
    private int _hits;
    private int _misses;

    /// <summary>Finds a value that may be given out.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="value">The value.</param>
    public bool TryTake(ReadOnlySpan<byte> key, out T value)
    {
        value = default!;
        if (cache.Find(key, NearTable.HashOf(key), codec, near, router) is not { } kept)
        {
            _misses++;
            return false;
        }

        _hits++;
        try
        {
            value = kept.Take(pipeline, template);
            return true;
        }
        catch (CacheValueException)
        {
            // Whoever reads it from its server is told so by the rules of the batch.
            return false;
        }
    }

    /// <summary>Reads a value that has come, and keeps it.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="hit">What the server says of the value.</param>
    /// <param name="payload">The value as it is stored.</param>
    /// <param name="cas">Its CAS number, and whose it is.</param>
    /// <exception cref="CacheValueException">The bytes are not a value of the type.</exception>
    public T Receive(ReadOnlySpan<byte> key, in BatchReply.Hit hit, ReadOnlyMemory<byte> payload, in CasToken cas)
    {
        // While a key moves, two servers may have its value: nothing is kept.
        if (MovedReads.FindSource(router, key) is not null)
        {
            return pipeline.Decode(codec, key, hit.Flags, payload, template);
        }

        var hash = NearTable.HashOf(key);
        if (hit.Cas != 0 && cache.FindKept(key, hash, codec, near, router) is { } kept && kept.Cas == cas)
        {
            Renew(kept, hit);
            return kept.Take(pipeline, template);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var value = pipeline.Decode(codec, key, hit.Flags, payload, template);
        var size = GC.GetAllocatedBytesForCurrentThread() - before;
        Keep(key, hash, value, size, hit, payload, cas);
        return value;
    }

    /// <summary>Counts what was found, and what was not.</summary>
    public void Count()
    {
        PoolTelemetry.CountNear(template, NearOutcome.Hit, _hits);
        PoolTelemetry.CountNear(template, NearOutcome.Miss, _misses);
    }

    private void Renew(NearValue<T> kept, in BatchReply.Hit hit)
    {
        if (hit is { Marks: LeaseMarks.None, TimeLeft: { } timeLeft })
        {
            cache.Renew(kept, _epochs.Of(kept.Hash), _start, timeLeft);
        }
    }

    private void Keep(ReadOnlySpan<byte> key, int hash, T value, long size, in BatchReply.Hit hit, ReadOnlyMemory<byte> payload, in CasToken cas)
    {
        var read = new NearRead<T>
        {
            Code = ReplyCode.Ok,
            Value = near.SharesValues ? value : default,
            Bytes = near.SharesValues ? null : new StoredBytes(payload.ToArray(), hit.Flags),
            Size = near.SharesValues ? size : hit.Length,
            Length = hit.Length,
            Cas = cas,
            Marks = hit.Marks,
            TimeLeft = hit.TimeLeft,
        };
        cache.Keep(key.ToArray(), hash, _epochs.Of(hash), read, _start, codec, near, router);
    }
}

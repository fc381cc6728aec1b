using System.Threading.Tasks.Sources;
using TypedCache.Creation;
using TypedCache.Values;

namespace TypedCache.Protocol;

/// <summary>A read of one value. The codec runs when the caller takes the result, never on behalf of somebody else.</summary>
internal sealed class ReadOperation<T> : Operation, IValueTaskSource<T?>, IValueTaskSource<CacheValue<T>>, IValueTaskSource<LeaseRead<T>>
{
    private ICacheCodec<T>? _codec;
    private ValuePipeline? _pipeline;
    private byte[]? _bytes;

    /// <summary>Whether the bytes of a value which this caller has to replace are wanted too.</summary>
    public bool KeepsBytes { get; set; }

    protected override long ItemLength => _bytes?.Length ?? Payload.Length;

    private bool HasValue => Code == ReplyCode.Ok && !IsPlaceholder;

    public void Decode(ICacheCodec<T> codec, ValuePipeline pipeline)
    {
        _codec = codec;
        _pipeline = pipeline;
    }

    public ValueTask<T?> AsValue() => new(this, Version);

    public ValueTask<CacheValue<T>> AsCacheValue() => new(this, Version);

    public ValueTask<LeaseRead<T>> AsLeaseRead() => new(this, Version);

    /// <summary>Bytes which are the value itself go straight into the caller's array; everything else waits for its codec.</summary>
    public override Memory<byte> ReceiveValue(ReadOnlySpan<byte> key, uint flags, int length)
    {
        if (!_pipeline!.IsVerbatim(_codec!, flags))
        {
            return base.ReceiveValue(key, flags, length);
        }

        CheckKey(key);
        Flags = flags;
        return _bytes = GC.AllocateUninitializedArray<byte>(length);
    }

    T? IValueTaskSource<T?>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            return HasReply(token) && HasValue ? DecodePayload() : default;
        }
        finally
        {
            Release();
        }
    }

    CacheValue<T> IValueTaskSource<CacheValue<T>>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            return HasReply(token) && HasValue ? new CacheValue<T>(DecodePayload(), Cas) : CacheValue<T>.Miss;
        }
        finally
        {
            Release();
        }
    }

    LeaseRead<T> IValueTaskSource<LeaseRead<T>>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            HasReply(token);
            return TakeLeaseRead();
        }
        finally
        {
            Release();
        }
    }

    protected override void Recycle() => OperationPool<ReadOperation<T>>.Return(this);

    protected override void Reset()
    {
        _codec = null;
        _bytes = null;
        _pipeline = null;
        KeepsBytes = false;
        base.Reset();
    }

    // A miss without a CAS number comes from a server which knows no leases: one which does leaves a placeholder.
    private LeaseRead<T> TakeLeaseRead()
    {
        var lease = Cas == 0 ? Lease.Unknown : new Lease(ServerIndex, Cas);
        if (!HasValue)
        {
            return new LeaseRead<T> { Lease = lease, Marks = Marks };
        }

        try
        {
            var bytes = KeepsBytes && (Marks & LeaseMarks.Won) != 0 ? new StoredBytes(_bytes is null ? Payload.WrittenSpan.ToArray() : [.. _bytes], Flags) : null;
            return new LeaseRead<T> { Lease = lease, Marks = Marks, HasValue = true, Value = DecodePayload(), Bytes = bytes };
        }
        catch (CacheValueException)
        {
            return new LeaseRead<T> { Lease = lease, Marks = Marks, IsUndecodable = true };
        }
    }

    private T DecodePayload() => _bytes is { } bytes
        ? (T)(object)bytes
        : _pipeline!.Decode(_codec!, Key, Flags, Payload.Written);
}

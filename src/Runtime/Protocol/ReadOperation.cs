using System.Threading.Tasks.Sources;
using TypedCache.Values;

namespace TypedCache.Protocol;

/// <summary>A read of one value. The codec runs when the caller takes the result, never on behalf of somebody else.</summary>
internal sealed class ReadOperation<T> : Operation, IValueTaskSource<T?>, IValueTaskSource<CacheValue<T>>
{
    private ICacheCodec<T>? _codec;
    private ValuePipeline? _pipeline;
    private byte[]? _bytes;

    public void Decode(ICacheCodec<T> codec, ValuePipeline pipeline)
    {
        _codec = codec;
        _pipeline = pipeline;
    }

    public ValueTask<T?> AsValue() => new(this, Version);

    public ValueTask<CacheValue<T>> AsCacheValue() => new(this, Version);

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
            return HasReply(token) && Code == ReplyCode.Ok ? DecodePayload() : default;
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
            return HasReply(token) && Code == ReplyCode.Ok ? new CacheValue<T>(DecodePayload(), Cas) : CacheValue<T>.Miss;
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
        base.Reset();
    }

    private T DecodePayload() => _bytes is { } bytes
        ? (T)(object)bytes
        : _pipeline!.Decode(_codec!, Key, Flags, Payload.Written);
}

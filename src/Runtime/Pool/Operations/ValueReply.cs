using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Pool.Operations;

/// <summary>The reply to a read of one value.</summary>
internal sealed class ValueReply<T> : Reply
{
    private ICacheCodec<T>? _codec;
    private ValuePipeline? _pipeline;
    private byte[]? _bytes;

    /// <summary>Whether there is a value.</summary>
    public bool HasValue => Code == ReplyCode.Ok && !IsPlaceholder;

    /// <summary>How many bytes the value has as it is stored.</summary>
    public int Length => _bytes?.Length ?? Payload.Length;

    // Without the bytes, the reply may name their number.
    protected override long ItemLength => Math.Max(Size, Length);

    /// <summary>Says how the value is to be read.</summary>
    public void Expect(ICacheCodec<T> codec, ValuePipeline pipeline)
    {
        _codec = codec;
        _pipeline = pipeline;
    }

    /// <summary>Reads the value.</summary>
    /// <exception cref="CacheValueException">The bytes are not a value of the type.</exception>
    public T Decode(Request request) => _bytes is { } bytes
        ? (T)(object)_pipeline!.TakeVerbatim(bytes, request.Template)
        : _pipeline!.Decode(_codec!, request.Key, Flags, Payload.Written, request.Template);

    /// <summary>The value as it is stored, to be stored again.</summary>
    public StoredBytes CopyBytes() => new((_bytes is null ? Payload.WrittenSpan : _bytes).ToArray(), Flags);

    public override void Clear()
    {
        _codec = null;
        _pipeline = null;
        _bytes = null;
        base.Clear();
    }

    /// <summary>Bytes that are the value itself go straight into the caller's array; everything else waits for its codec.</summary>
    protected override Memory<byte> MakeRoom(int length)
    {
        _bytes = _pipeline!.IsVerbatim(_codec!, Flags) ? GC.AllocateUninitializedArray<byte>(length) : null;
        return _bytes ?? base.MakeRoom(length);
    }
}

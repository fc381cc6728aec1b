using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>How one cache stores the values of one type.</summary>
internal sealed class HybridType<T>
{
    private readonly CopiedHybridFormat<T> _copied;
    private readonly TaggedCodec<T> _codec;
    private readonly TaggedCodec<T> _uncompressed;
    private readonly TaggedCodec<HybridValue<T>> _copiedCodec;
    private readonly TaggedCodec<HybridValue<T>> _uncompressedCopied;

    public HybridType(HybridFormat<T> format)
    {
        _copied = new CopiedHybridFormat<T>(format);
        _codec = new TaggedCodec<T>(format);
        _uncompressed = new TaggedCodec<T>(CacheCodecs.Uncompressed(format));
        _copiedCodec = new TaggedCodec<HybridValue<T>>(_copied);
        _uncompressedCopied = new TaggedCodec<HybridValue<T>>(CacheCodecs.Uncompressed(_copied));
    }

    /// <summary>The codec of values that callers share.</summary>
    public TaggedCodec<T> Codec(bool compresses) => compresses ? _codec : _uncompressed;

    /// <summary>The codec of values of which callers get copies.</summary>
    public TaggedCodec<HybridValue<T>> CopiedCodec(bool compresses) => compresses ? _copiedCodec : _uncompressedCopied;

    /// <summary>Prepares a created value for all who wait for it.</summary>
    public HybridValue<T> Share(T value) => ImmutableType<T>.Holds ? HybridValue<T>.Own(value) : _copied.Copy(value);

    /// <summary>Gives one caller its value.</summary>
    public T Take(HybridValue<T> value) => _copied.Take(value);

    /// <summary>Gives one caller its value, as soon as there is one.</summary>
    public ValueTask<T> TakeAsync(ValueTask<HybridValue<T>> value)
    {
        return value.IsCompletedSuccessfully ? new ValueTask<T>(Take(value.Result)) : AwaitAsync(value);

        async ValueTask<T> AwaitAsync(ValueTask<HybridValue<T>> value) => Take(await value.ConfigureAwait(false));
    }
}

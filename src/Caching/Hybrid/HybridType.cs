using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>How one cache stores the values of one type.</summary>
internal sealed class HybridType<T>(HybridFormat<T> format)
{
    private readonly CopiedHybridFormat<T> _copied = new(format);
    private readonly ICacheCodec<T> _uncompressed = CacheCodecs.Uncompressed(format);
    private ICacheCodec<HybridValue<T>>? _uncompressedCopied;

    /// <summary>The codec of values that callers share.</summary>
    public ICacheCodec<T> Codec(bool compresses) => compresses ? format : _uncompressed;

    /// <summary>The codec of values of which callers get copies.</summary>
    public ICacheCodec<HybridValue<T>> CopiedCodec(bool compresses) =>
        compresses ? _copied : _uncompressedCopied ??= CacheCodecs.Uncompressed(_copied);

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

using System.Runtime.CompilerServices;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>What one caller asked for: which value, how it is made, and how it is stored.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal abstract class CreationPlan<T>(byte[] key, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires)
{
    /// <summary>The key as it goes over the wire.</summary>
    public byte[] Key { get; } = key;

    public ICacheCodec<T> Codec { get; } = codec;

    public GetOrCreateOptions Options { get; } = options;

    /// <summary>Runs the caller's create function.</summary>
    /// <returns>The item; null where the function said nothing of this key.</returns>
    public abstract ValueTask<CacheItem<T>?> CreateAsync(CancellationToken cancellationToken);

    /// <summary>When an item that is stored now is to be created again.</summary>
    public CacheExpiry ExpiryOf(CacheItem<T> item) =>
        (item.Expires ?? expires ?? Options.Expires).WithJitter(Options.Jitter);

    /// <summary>Whether an item is stored.</summary>
    public bool IsStored(CacheItem<T> item) => item.IsCached && (Options.CacheNull || item.Value is not null);
}

/// <summary>A plan whose create function gets a state, so that it needs no closure.</summary>
internal sealed class CreationPlan<TState, T>(
    byte[] key, TState state, CreateFunction<TState, T> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires)
    : CreationPlan<T>(key, codec, options, expires)
{
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public override async ValueTask<CacheItem<T>?> CreateAsync(CancellationToken cancellationToken) =>
        await create.InvokeAsync(state, cancellationToken).ConfigureAwait(false);
}

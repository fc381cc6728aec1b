using System.Runtime.CompilerServices;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>One key of many that are created together. Where it has to be created by itself, the function gets a list of one.</summary>
internal sealed class BatchPlan<TKey, T>(
    TKey item,
    byte[] key,
    Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create,
    ICacheCodec<T> codec,
    GetOrCreateOptions options,
    CacheExpiry? expires)
    : CreationPlan<T>(key, codec, options, expires)
    where TKey : notnull
{
    /// <summary>What the caller calls the key.</summary>
    public TKey Item => item;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public override async ValueTask<CacheItem<T>?> CreateAsync(CancellationToken cancellationToken) =>
        Find(await create([item], cancellationToken).ConfigureAwait(false));

    /// <summary>The item among those that were created.</summary>
    public CacheItem<T>? Find(IReadOnlyDictionary<TKey, T> created) =>
        created.TryGetValue(item, out var value) ? new CacheItem<T>(value) : null;
}

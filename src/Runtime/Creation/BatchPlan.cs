using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>One key of many that are created together. Where it has to be created by itself, the function gets a list of one.</summary>
internal sealed class BatchPlan<TKey, T>(
    TKey item,
    byte[] key,
    OperationRouter router,
    Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create,
    ICacheCodec<T> codec,
    GetOrCreateOptions options,
    CacheExpiry? expires,
    CreationTelemetry telemetry,
    IBatchCheck<TKey, T>? check)
    : CreationPlan<T>(key, router, codec, options, expires, telemetry)
    where TKey : notnull
{
    /// <summary>What the caller calls the key.</summary>
    public TKey Item => item;

    /// <inheritdoc/>
    public override bool Renews => check is not null;

    /// <inheritdoc/>
    public override ValueTask<CacheValue<T>> RenewAsync(T value) => check!.RenewAsync(item, value);

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public override async ValueTask<CacheItem<T>?> CreateAsync(CancellationToken cancellationToken) =>
        Find(await create([item], cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override ValueTask<CacheItem<T>?> CreateUnstoredAsync(CancellationToken cancellationToken) =>
        check is null ? CreateAsync(cancellationToken) : check.CreateUnstoredAsync(item, cancellationToken);

    /// <inheritdoc/>
    public override bool IsSame(ValuePipeline pipeline, T? stored, T? created) =>
        check is null ? base.IsSame(pipeline, stored, created) : check.IsSame(pipeline, stored!, created!);

    /// <inheritdoc/>
    public override ValueTask<bool> HoldsAsync(T stored) => check is null ? base.HoldsAsync(stored) : check.HoldsAsync(item, stored);

    /// <summary>What is wrong with a create function that gives null.</summary>
    public static InvalidOperationException NoDictionary() =>
        new("The create function of a GetOrCreateMany gave null. Give a dictionary, and leave out the keys that have no value.");

    /// <summary>The item among those that were created.</summary>
    /// <exception cref="InvalidOperationException">There is no dictionary.</exception>
    public CacheItem<T>? Find(IReadOnlyDictionary<TKey, T>? created) => created is null
        ? throw NoDictionary()
        : !created.TryGetValue(item, out var value) ? null
        : check?.IsStored(value) != false ? new CacheItem<T>(value)
        : CacheItem<T>.NotCached(value);
}

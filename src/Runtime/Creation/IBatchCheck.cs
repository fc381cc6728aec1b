using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>Looks at values of a batch for more than what their servers say of them.</summary>
/// <typeparam name="TKey">What the caller calls a key.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
internal interface IBatchCheck<TKey, T>
    where TKey : notnull
{
    /// <summary>Says what values that were read are.</summary>
    /// <returns>In the order of the reads.</returns>
    ValueTask<ReadState[]> CheckAsync(IReadOnlyList<LeaseBatch<TKey, T>.KeyRead> reads, CancellationToken cancellationToken);

    /// <summary>The value as it is given out, once it has been found to be good.</summary>
    T Accept(T value);

    /// <summary>Whether a value that was created may be stored.</summary>
    bool IsStored(T value);

    /// <inheritdoc cref="CreationPlan{T}.RenewAsync"/>
    ValueTask<CacheValue<T>> RenewAsync(TKey item, T value);

    /// <inheritdoc cref="CreationPlan{T}.CreateUnstoredAsync"/>
    ValueTask<CacheItem<T>?> CreateUnstoredAsync(TKey item, CancellationToken cancellationToken);

    /// <inheritdoc cref="CreationPlan{T}.IsSame"/>
    bool IsSame(ValuePipeline pipeline, T stored, T created);

    /// <inheritdoc cref="CreationPlan{T}.HoldsAsync"/>
    ValueTask<bool> HoldsAsync(TKey item, T stored);
}

/// <summary>What a value is that was read.</summary>
internal enum ReadState
{
    /// <summary>What its server says it is.</summary>
    Good,

    /// <summary>Invalidated, whatever its server says; it may be given out as a stale one.</summary>
    Stale,

    /// <summary>Too old for anybody.</summary>
    TooOld,

    /// <summary>Nobody can say: it counts as one whose server cannot be reached.</summary>
    Unknown,
}

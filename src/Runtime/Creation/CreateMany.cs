namespace TypedCache.Creation;

/// <summary>Creates the values of many creations with one call.</summary>
/// <returns>The items in the order of the claims; null for one that is not there.</returns>
internal delegate ValueTask<IReadOnlyList<CacheItem<T>?>> CreateMany<T>(IReadOnlyList<ClaimedCreation<T>> claims, CancellationToken cancellationToken);

namespace TypedCache.Creation;

/// <summary>Creates the values of many flights with one call.</summary>
/// <returns>The items in the order of the tickets; null for one which is not there.</returns>
internal delegate ValueTask<IReadOnlyList<CacheItem<T>?>> CreateMany<T>(IReadOnlyList<CreationTicket<T>> tickets, CancellationToken cancellationToken);

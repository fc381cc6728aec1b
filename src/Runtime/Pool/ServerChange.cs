namespace TypedCache.Pool;

/// <summary>What has changed about the servers of a pool.</summary>
/// <param name="Router">Finds the servers of keys from now on.</param>
/// <param name="Added">Those that there were not before.</param>
/// <param name="Removed">Those that there were.</param>
/// <param name="Drained">Ends when the removed ones have been closed.</param>
internal sealed record ServerChange(OperationRouter Router, List<MemcachedServer> Added, List<MemcachedServer> Removed, Task Drained);

namespace TypedCache.Pool;

/// <summary>What has changed about the servers of a pool.</summary>
/// <param name="Router">Finds the servers of keys among them.</param>
/// <param name="Added">Those that there were not before.</param>
/// <param name="Removed">Those that there were.</param>
/// <param name="Ended">Ends when keys have moved, and the removed servers have been closed.</param>
internal sealed record ServerChange(OperationRouter Router, List<MemcachedServer> Added, List<MemcachedServer> Removed, Task Ended);

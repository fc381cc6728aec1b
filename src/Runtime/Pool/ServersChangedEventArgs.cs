namespace TypedCache;

/// <summary>The servers of a pool have changed, or their order or weights.</summary>
/// <param name="version">The number of the change: <see cref="MemcachedPool.TopologyVersion"/>.</param>
/// <param name="servers">The servers that there are now.</param>
/// <param name="added">Those of them that there were not before.</param>
/// <param name="removed">Those that there are no more.</param>
public sealed class ServersChangedEventArgs(
    long version, IReadOnlyList<MemcachedServer> servers, IReadOnlyList<MemcachedServer> added, IReadOnlyList<MemcachedServer> removed) : EventArgs
{
    /// <summary>The number of the change: <see cref="MemcachedPool.TopologyVersion"/> from then on.</summary>
    public long Version { get; } = version;

    /// <summary>The servers from then on, in the order in which they were given.</summary>
    public IReadOnlyList<MemcachedServer> Servers { get; } = servers;

    /// <summary>Those of them that there were not before. They connect when they are used.</summary>
    public IReadOnlyList<MemcachedServer> Added { get; } = added;

    /// <summary>Those that there are no more. Calls that had begun end there; then their connections are closed.</summary>
    public IReadOnlyList<MemcachedServer> Removed { get; } = removed;
}

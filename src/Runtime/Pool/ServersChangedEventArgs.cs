namespace TypedCache;

/// <summary>The servers of a pool have changed, or their order or weights.</summary>
/// <param name="version">The number of the change: <see cref="MemcachedPool.TopologyVersion"/>.</param>
/// <param name="servers">The servers that there are now.</param>
/// <param name="added">Those of them that there were not before.</param>
/// <param name="removed">Those that there are no more.</param>
/// <param name="movedShare">Finds <see cref="MovedShare"/> when it is asked for; it may be called more than once.</param>
public sealed class ServersChangedEventArgs(
    long version,
    IReadOnlyList<MemcachedServer> servers,
    IReadOnlyList<MemcachedServer> added,
    IReadOnlyList<MemcachedServer> removed,
    Func<double> movedShare) : EventArgs
{
    // Not a number: nobody has asked for it.
    private double _movedShare = double.NaN;

    /// <summary>The number of the change: <see cref="MemcachedPool.TopologyVersion"/> from then on.</summary>
    public long Version { get; } = version;

    /// <summary>The servers from then on, in the order in which they were given.</summary>
    public IReadOnlyList<MemcachedServer> Servers { get; } = servers;

    /// <summary>Those of them that there were not before, and new spares. They connect when they are used.</summary>
    public IReadOnlyList<MemcachedServer> Added { get; } = added;

    /// <summary>Those that there are no more, spares included. Calls that had begun end there; then their connections are closed.</summary>
    public IReadOnlyList<MemcachedServer> Removed { get; } = removed;

    /// <summary>
    /// Which share of the keys has another server now, 0 to 1, as <see cref="Hashing.MovedShare"/> finds it: those are missing where they
    /// are looked for. It is computed when it is first asked for, which takes a millisecond or more.
    /// </summary>
    public double MovedShare
    {
        get
        {
            var share = Volatile.Read(ref _movedShare);
            if (double.IsNaN(share))
            {
                share = movedShare();
                Volatile.Write(ref _movedShare, share);
            }

            return share;
        }
    }
}

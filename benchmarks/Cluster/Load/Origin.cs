namespace TypedCache.Benchmarks.Cluster.Load;

/// <summary>The database behind the cache: the version of each value, and the newest one whose delete in the cache has ended.</summary>
internal sealed class Origin(int keys)
{
    private readonly uint[] _versions = new uint[keys];
    private readonly uint[] _completed = new uint[keys];

    public uint Version(int rank) => _versions[rank];

    /// <summary>The newest version that no reader who begins now should miss.</summary>
    public uint Completed(int rank) => _completed[rank];

    public uint Change(int rank) => ++_versions[rank];

    /// <summary>The call that deletes the former value has ended, well or not.</summary>
    public void Complete(int rank, uint version) => _completed[rank] = Math.Max(_completed[rank], version);
}

namespace TypedCache.Benchmarks.Cluster.Servers;

/// <summary>A command of a client to one server.</summary>
internal enum Command
{
    /// <summary><c>mg key v f c N</c>: the value, or the lease to create it.</summary>
    ReadOrLease,

    /// <summary><c>mg key v f t</c>: the value, where it is.</summary>
    Read,

    /// <summary><c>ms key C T F</c>: stores under a lease.</summary>
    Fill,

    /// <summary><c>md key</c>.</summary>
    Delete,
}

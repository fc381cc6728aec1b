namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>The state of a client's connection to a server.</summary>
internal enum LinkState
{
    Disconnected,
    Connecting,
    Connected,

    /// <summary>Keys go elsewhere until a probe succeeds.</summary>
    Failed,
}

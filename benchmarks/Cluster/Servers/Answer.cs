namespace TypedCache.Benchmarks.Cluster.Servers;

/// <summary>What came of a command.</summary>
internal enum Answer
{
    /// <summary>There is a value.</summary>
    Value,

    /// <summary>There is none, and this client is to create it.</summary>
    Won,

    /// <summary>There is none, and another client creates it.</summary>
    Taken,

    /// <summary>There is none; or it has changed since the lease was given.</summary>
    Missing,

    /// <summary>It has been stored or deleted.</summary>
    Done,

    /// <summary>The connection was lost, or the server was silent for too long.</summary>
    Lost,

    /// <summary>No server can take the key.</summary>
    NoServer,
}

namespace TypedCache.Discovery;

/// <summary>What an answer to the question for the nodes of a cluster is.</summary>
internal enum ConfigOutcome
{
    /// <summary>More of it has to come.</summary>
    Incomplete,

    /// <summary>The list.</summary>
    List,

    /// <summary>The server does not know the command.</summary>
    UnknownCommand,

    /// <summary>It knows of no cluster.</summary>
    NoCluster,
}

namespace TypedCache;

/// <summary>The source of a pool's servers named none that can be used. The pool goes on with those that it has.</summary>
/// <param name="source">The source's name.</param>
/// <param name="error">What is wrong.</param>
public sealed class DiscoveryFailedEventArgs(string source, Exception error) : EventArgs
{
    /// <summary>The source's name, such as <c>dns+cache.example:11211</c>.</summary>
    public string Source { get; } = source;

    /// <summary>What is wrong: what the source threw, or why its list cannot be used.</summary>
    public Exception Error { get; } = error;
}

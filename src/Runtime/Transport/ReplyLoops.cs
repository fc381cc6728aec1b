namespace TypedCache.Transport;

/// <summary>The threads of a pool that read replies. All connections share them.</summary>
/// <param name="count">How many there are.</param>
internal sealed class ReplyLoops(int count) : IDisposable
{
    private readonly ReplyLoop[] _loops = [.. Enumerable.Range(1, count).Select(static number => new ReplyLoop($"memcached {number}"))];

    /// <summary>Whether any caller waits for a reply or for its continuation.</summary>
    public bool IsBusy => Array.Exists(_loops, static loop => loop.IsBusy);

    /// <summary>Gives up the memory that the connections' requests have needed.</summary>
    public void Trim() => Array.ForEach(_loops, static loop => loop.Trim());

    /// <summary>
    /// How many loops serve a number of connections best: more of them share the work among processors, fewer make larger batches.
    /// Half of the processors is left to those who call.
    /// </summary>
    public static int CountFor(int connections) => Math.Clamp(Environment.ProcessorCount / 2, 1, connections);

    /// <summary>Reads for a connection from now on, until its channel ends.</summary>
    public void Add(ServerConnection connection) => _loops.MinBy(static loop => loop.Count)!.Add(connection);

    /// <summary>Looks after all connections from time to time.</summary>
    public void Check(long now)
    {
        foreach (var loop in _loops)
        {
            loop.Check(now);
        }
    }

    /// <summary>Ends the loops once their connections have ended.</summary>
    public void Dispose() => Array.ForEach(_loops, static loop => loop.Dispose());
}

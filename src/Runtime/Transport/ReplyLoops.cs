namespace TypedCache.Transport;

/// <summary>The threads of a pool that read replies. All connections share them.</summary>
/// <param name="count">How many there are.</param>
/// <param name="createPoller">Makes what each of them waits with.</param>
/// <param name="clock">The clock of the time limits.</param>
internal sealed class ReplyLoops(int count, Func<Poller> createPoller, LimitClock? clock = null) : IDisposable
{
    private volatile ReplyLoop[] _loops = CreateLoops(count, createPoller, clock);

    public ReplyLoops(int count, LimitClock? clock = null)
        : this(count, Poller.Create, clock)
    {
    }

    /// <summary>Whether any caller waits for a reply or for its continuation.</summary>
    public bool IsBusy => Array.Exists(_loops, static loop => loop.IsBusy);

    /// <summary>Whether a server owes a reply. Only a hint while operations are sent.</summary>
    public bool AwaitsReplies => Array.Exists(_loops, static loop => loop.AwaitsReplies);

    /// <summary>Gives up the memory that the connections' requests have needed.</summary>
    public void Trim() => Array.ForEach(_loops, static loop => loop.Trim());

    /// <summary>
    /// How many loops serve a number of connections best: more of them share the work among processors, fewer make larger batches.
    /// Half of the processors is left to those who call.
    /// </summary>
    public static int CountFor(int connections) => Math.Clamp(Environment.ProcessorCount / 2, 1, connections);

    /// <summary>Adds loops until there are so many. Not to be called at the same time as anything that ends them.</summary>
    public void GrowTo(int count)
    {
        var loops = _loops;
        if (count > loops.Length)
        {
            _loops = [.. loops, .. CreateLoops(count - loops.Length, createPoller, clock)];
        }
    }

    /// <summary>Reads for a connection from now on, until its channel ends.</summary>
    public void Add(ServerConnection connection) => LeastUsed().Add(connection);

    /// <summary>Looks after all connections from time to time.</summary>
    public void Check(long now)
    {
        foreach (var loop in _loops)
        {
            try
            {
                loop.Check(now);
            }
            catch (Exception)
            {
                // The next beat looks again.
            }
        }
    }

    /// <summary>Ends the loops once their connections have ended.</summary>
    public void Dispose() => Array.ForEach(_loops, static loop => loop.Dispose());

    private static ReplyLoop[] CreateLoops(int count, Func<Poller> createPoller, LimitClock? clock)
    {
        var loops = new ReplyLoop[count];
        for (var i = 0; i < count; i++)
        {
            loops[i] = new ReplyLoop($"memcached {i + 1}", createPoller, clock);
        }

        return loops;
    }

    private ReplyLoop LeastUsed()
    {
        var loops = _loops;
        var least = loops[0];
        foreach (var loop in loops)
        {
            least = loop.Count < least.Count ? loop : least;
        }

        return least;
    }
}

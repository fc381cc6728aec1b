namespace TypedCache.Transport.Health;

/// <summary>Keeps so many servers in use that a sick network does not empty the pool.</summary>
/// <param name="mostOut">The share of the servers that may be out of use.</param>
internal sealed class UsableShare(double mostOut)
{
    // What is a whole number of servers in decimals may be a little less in binary: 0.29 of 100.
    private const double Rounding = 1e-9;

    /// <summary>The links that decide on the state of the pool's servers.</summary>
    public ServerLink[] Links { private get; set => Volatile.Write(ref field, value); } = [];

    /// <summary>Whether a server may be taken out that is in use. Only the <see cref="Heartbeat"/> asks, and so one at a time.</summary>
    public bool MayLose(ServerLink link)
    {
        var links = Links;
        var usable = 0;
        foreach (var other in links)
        {
            usable += other != link && other.IsUsable ? 1 : 0;
        }

        var most = Math.Max(1, (int)((mostOut * links.Length) + Rounding));
        return usable > 0 && links.Length - usable <= most;
    }
}

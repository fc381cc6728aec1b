using System.Diagnostics;
using TypedCache.Telemetry;

namespace TypedCache.Pool.Moves;

/// <summary>
/// Where keys were, and will be, besides where a router sends them. It belongs to the router and never changes.
/// </summary>
/// <remarks>
/// <para>
/// Every write goes through the servers of its key from the oldest list of servers to the newest: it removes the key at all of them but
/// at the one that the router names, where it does what it is asked for. Values are copied from an older server to a newer one, under a
/// lease that is taken at the newer one before the older one is read. So whatever is copied while the write is under way is either
/// read after the removal, or removed or replaced by what the write does at the newer server.
/// </para>
/// <para>
/// In the other order, a value could be copied between the two steps. <c>MoveModelTests</c> tries all orders; it also found that a set
/// has to keep this one, since its value may be evicted between its two steps.
/// </para>
/// </remarks>
internal sealed class KeyMoves
{
    private static readonly TagList FoundTags = TagsOf(CallResult.Hit);
    private static readonly TagList MissingTags = TagsOf(CallResult.Miss);

    /// <summary>The lists of servers before the one that is used, the oldest first.</summary>
    public required OperationRouter[] Former { get; init; }

    /// <summary>Those that will be used, the next one first.</summary>
    public required OperationRouter[] Next { get; init; }

    /// <summary>Where keys are looked for that are missing; null: nowhere.</summary>
    public OperationRouter? Source { get; init; }

    /// <summary>Whether the steps of a write follow each other, since somebody may be copying. Else they go together.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>
    /// For how long a server has to be out of reach until writes no longer have to remove keys there: then nobody who reads there in spite of
    /// that has heard of the move. 0 where keys of failed servers go elsewhere, so that others may not agree anyhow.
    /// </summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Counts the reads at <see cref="Source"/>.</summary>
    public required MoveCounts Counts { get; init; }

    /// <summary>Where a key is looked for that is missing on its server; null: nowhere else.</summary>
    /// <param name="router">The router that this belongs to.</param>
    /// <param name="key">The key.</param>
    public MemcachedServer? FindSource(OperationRouter router, ReadOnlySpan<byte> key) =>
        Source?.FindHome(key) is { } source && source != router.FindHome(key) ? source : null;

    /// <summary>Where else a write removes a key; null: nowhere.</summary>
    /// <param name="router">The router that this belongs to.</param>
    /// <param name="key">The key.</param>
    public MovedKey? Find(OperationRouter router, ReadOnlySpan<byte> key)
    {
        var home = router.FindHome(key);
        var moved = new MovedKey([], []);
        AddOthers(Former, key, home, moved.Former);
        AddOthers(Next, key, home, moved.Next);
        return moved.Former.Count + moved.Next.Count > 0 ? moved : null;
    }

    /// <summary>Counts a read at <see cref="Source"/>.</summary>
    public void Count(bool isHit) => Count(isHit ? 1 : 0, 1);

    /// <summary>Counts reads at <see cref="Source"/>.</summary>
    /// <param name="hits">How many have found a value.</param>
    /// <param name="reads">How many there were.</param>
    public void Count(int hits, int reads)
    {
        Counts.Add(hits, reads);
        Instruments.WarmUpReads.Add(hits, FoundTags);
        Instruments.WarmUpReads.Add(reads - hits, MissingTags);
    }

    private static TagList TagsOf(CallResult result) => [CommonTags.System, new KeyValuePair<string, object?>(TypedCacheTelemetry.Attributes.Result, CallResults.NameOf(result))];

    private static void AddOthers(OperationRouter[] routers, ReadOnlySpan<byte> key, MemcachedServer home, List<MemcachedServer> others)
    {
        foreach (var router in routers)
        {
            foreach (var server in router.FindHolders(key))
            {
                if (server != home && !others.Contains(server) && !server.Link.IsLeaving)
                {
                    others.Add(server);
                }
            }
        }
    }
}

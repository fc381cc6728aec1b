using TypedCache.Tool.Output;

namespace TypedCache.Tool.Watching;

/// <summary>An event as it is shown.</summary>
/// <param name="Time">When it happened, by the server's clock.</param>
/// <param name="Server">Where it happened.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Operation">In a word: <c>get</c>, <c>set</c>, <c>evict</c>.</param>
/// <param name="Result">What came of it: <c>hit</c>, <c>miss</c>, <c>stored</c>.</param>
/// <param name="Key">The key, for people.</param>
/// <param name="Pattern">Its pattern in the contract; null: not known.</param>
/// <param name="Size">How many bytes the value has; null: not known.</param>
internal sealed record ShownEvent(DateTimeOffset Time, string Server, WatchedKind Kind, string Operation, string Result, string Key, string? Pattern, long? Size)
{
    /// <summary>Makes one.</summary>
    public static ShownEvent Of(string server, in WatchedEvent found, string key, string? pattern) => new(
        found.Time, server, found.Kind, Shown.Printable(OperationOf(found)), Shown.Printable(ResultOf(found)), key, pattern, found is { Kind: WatchedKind.Get, IsHit: false } ? null : found.Size);

    private static string OperationOf(in WatchedEvent found) => found.Kind switch
    {
        WatchedKind.Get => "get",
        WatchedKind.Store => found.Command is { Length: > 0 } command ? command : "store",
        WatchedKind.Eviction => "evict",
        _ => "other",
    };

    private static string ResultOf(in WatchedEvent found) => found.Kind switch
    {
        WatchedKind.Get => found.IsHit ? "hit" : "miss",
        _ => found.Status,
    };
}

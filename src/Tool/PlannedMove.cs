namespace TypedCache.Tool;

/// <summary>Keys that have another server after a change.</summary>
/// <param name="From">Their server before.</param>
/// <param name="To">Their server afterwards.</param>
/// <param name="Share">Their share of all keys, 0 to 1.</param>
internal sealed record PlannedMove(string From, string To, double Share);

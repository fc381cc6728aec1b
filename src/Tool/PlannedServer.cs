namespace TypedCache.Tool;

/// <summary>What a change does to one server. Shares are 0 to 1.</summary>
/// <param name="Name">Its host and port.</param>
/// <param name="Before">Its share of the keys before; null: it is added.</param>
/// <param name="After">Its share afterwards; null: it is removed.</param>
/// <param name="Due">The share that its weight gives it afterwards; null: it is removed.</param>
internal sealed record PlannedServer(string Name, double? Before, double? After, double? Due);

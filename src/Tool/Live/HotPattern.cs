namespace TypedCache.Tool.Live;

/// <summary>A pattern of which many keys are read.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Share">Its share of all reads, 0 to 1.</param>
/// <param name="HitRate">Which share of its reads found something, 0 to 1.</param>
internal sealed record HotPattern(string Pattern, double Share, double HitRate);

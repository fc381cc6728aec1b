namespace TypedCache.Tool;

/// <summary>A client whose rules can be asked for.</summary>
/// <param name="Strategy">What its hash strategy is called.</param>
/// <param name="Create">Creates its options.</param>
internal sealed record ClientPreset(string Strategy, Func<MemcachedPoolOptions> Create);

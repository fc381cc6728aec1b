namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>What one caller has seen.</summary>
internal sealed class Tally
{
    /// <summary>How many lookups it has made.</summary>
    public long Lookups { get; set; }

    /// <summary>How many of them had their value when the call returned.</summary>
    public long NearHits { get; set; }

    /// <summary>The longest time in milliseconds for which an offer that it got had been removed by its key when the lookup began.</summary>
    public long OldestByKey { get; set; }

    /// <summary>The same of offers removed by their tag.</summary>
    public long OldestByTag { get; set; }
}

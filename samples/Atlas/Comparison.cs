namespace Atlas;

/// <summary>Look-ups to measure: from SQLite alone, and through the cache in front of it. Both check every answer.</summary>
/// <typeparam name="T">What is asked for in one call.</typeparam>
/// <param name="Title">What is looked up.</param>
/// <param name="Why">What an answer costs SQLite, and what it costs the cache.</param>
/// <param name="Items">What is asked for, in this order.</param>
internal sealed record Comparison<T>(string Title, string Why, IReadOnlyList<T> Items)
{
    /// <summary>Asks SQLite.</summary>
    public required Func<T, ValueTask> AskDatabase { get; init; }

    /// <summary>Asks the cache.</summary>
    public required Func<T, ValueTask> AskCache { get; init; }

    /// <summary>Removes from the cache all that is asked for.</summary>
    public required Func<ValueTask<int>> EmptyCache { get; init; }

    /// <summary>How many look-ups the cache had no answer for, so far.</summary>
    public required Func<long> CountMisses { get; init; }

    /// <summary>How many look-ups there are: more than calls, where a call makes many.</summary>
    public int Lookups { get; init; } = Items.Count;

    /// <summary>How often the warm cache is asked for all of it: once takes too short a time to be measured, where answers are small.</summary>
    public int WarmPasses { get; init; } = 1;
}

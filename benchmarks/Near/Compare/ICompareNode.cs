namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>One of the caches, as one process of a fleet has it.</summary>
internal interface ICompareNode : IDisposable
{
    /// <summary>Reads an offer, or has it created.</summary>
    ValueTask<Offer> ReadAsync(int id);

    /// <summary>Removes an offer.</summary>
    ValueTask RemoveAsync(int id);

    /// <summary>Removes all offers of a category by their tag.</summary>
    ValueTask RemoveCategoryAsync(int category);
}

namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>One way to read a product which this process has read before.</summary>
internal interface ISpeedContender : IDisposable
{
    string Name { get; }

    /// <summary>Reads products, one after the other.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="operations">How many reads; the ids are begun anew where there are not as many.</param>
    /// <returns>How many reads had their product when the call returned.</returns>
    Task<int> ReadAsync(int[] ids, int operations);
}

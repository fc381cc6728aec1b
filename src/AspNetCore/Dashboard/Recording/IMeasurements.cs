namespace TypedCache.AspNetCore.Dashboard;

/// <summary>
/// Takes the measurements of an instrument. They come on the threads that measure, of which there may be many at once: nothing here waits or
/// takes memory for each.
/// </summary>
internal interface IMeasurements
{
    /// <summary>Takes one.</summary>
    void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);
}

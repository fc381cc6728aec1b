namespace TypedCache.Caching;

/// <summary>The refusal of tags, which there are not yet.</summary>
internal static class HybridTags
{
    private const string Message =
        "TypedCache's HybridCache has no tags yet. Remove values by RemoveAsync with their keys, change a version in the keys, or keep Microsoft's AddHybridCache, with TypedCache's IDistributedCache below it, for what uses tags.";

    /// <exception cref="NotSupportedException">There are tags.</exception>
    public static void Refuse(IEnumerable<string>? tags)
    {
        if (tags is null || (tags.TryGetNonEnumeratedCount(out var count) && count == 0))
        {
            return;
        }

        foreach (var _ in tags)
        {
            throw Refusal();
        }
    }

    public static NotSupportedException Refusal() => new(Message);
}

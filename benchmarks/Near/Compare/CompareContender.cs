namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>A cache, and how to open it in one process of a fleet.</summary>
internal sealed record CompareContender(string Name, bool HasTags, Func<MemcachedPool, Truth, ICompareNode> Open)
{
    public static IReadOnlyList<CompareContender> All { get; } =
    [
        new("TypedCache", false, static (pool, truth) => new TypedCacheNode(pool, truth)),
        new("HybridCache", false, static (pool, truth) => new HybridCacheNode(pool, truth, hasTags: false)),
        new("FusionCache", false, static (pool, truth) => new FusionCacheNode(pool, truth, hasTags: false)),
        new("TypedCache, a tag", true, static (pool, truth) => new TaggedTypedCacheNode(pool, truth)),
        new("HybridCache, a tag", true, static (pool, truth) => new HybridCacheNode(pool, truth, hasTags: true)),
        new("FusionCache, a tag", true, static (pool, truth) => new FusionCacheNode(pool, truth, hasTags: true)),
    ];
}

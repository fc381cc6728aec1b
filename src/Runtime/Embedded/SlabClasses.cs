namespace TypedCache.Embedded;

/// <summary>
/// The size classes of memcached's slabs with its default settings (slabs.c: growth factor 1.25, smallest chunk
/// 96 bytes, largest 512 KiB). The embedded server has no slabs; the classes group its statistics.
/// </summary>
internal static class SlabClasses
{
    public const int PageSize = 1024 * 1024;

    /// <summary>No command accepts a higher number of a class, whether it exists or not.</summary>
    public const int HighestNumber = 63;

    private const double GrowthFactor = 1.25;
    private const int SmallestChunk = 96;
    private const int LargestChunk = PageSize / 2;

    private static readonly int[] ChunkSizes = [.. Sizes()];

    /// <summary>The number of the last class; classes count from 1.</summary>
    public static int Count => ChunkSizes.Length;

    public static int ChunkSize(int slabClass) => ChunkSizes[slabClass - 1];

    public static int ClassOf(long size)
    {
        var index = Array.FindIndex(ChunkSizes, chunk => size <= chunk);
        return index < 0 ? Count : index + 1;
    }

    private static IEnumerable<int> Sizes()
    {
        for (var size = SmallestChunk; size < LargestChunk / GrowthFactor; size = (int)(size * GrowthFactor))
        {
            size = (size + 7) / 8 * 8;
            yield return size;
        }

        yield return LargestChunk;
    }
}

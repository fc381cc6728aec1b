namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>Which offers there are, and in which categories.</summary>
internal static class OfferKeys
{
    public const int Offers = 10_000;
    public const int Categories = 50;

    /// <summary>The tags of each category as text, made once: what it costs to build them is not counted against the caches that take text.</summary>
    public static readonly string[][] Tags = [.. Enumerable.Range(0, Categories).Select(static category => new[] { TagOf(category) })];

    public static int CategoryOf(int id) => id % Categories;

    public static string TagOf(int category) => $"category:{category}";
}

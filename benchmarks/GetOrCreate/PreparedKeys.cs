namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>Keys as text, made once: what it costs to build them is not counted against the caches which take text.</summary>
internal static class PreparedKeys
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 256).Select(id => $"compared:text:{id}")];

    public static string Of(int id) => Keys[id];
}

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Callers who read many objects at a time. An operation is one object.</summary>
internal static class ObjectWorkload
{
    /// <summary>How many objects a call asks for.</summary>
    public const int BatchSize = 77;

    /// <summary>Stores all objects, those of get-or-create with their marks.</summary>
    public static async Task FillAsync(IObjectCache cache)
    {
        for (var id = 0; id < Workload.Keys; id++)
        {
            await cache.SetAsync(id, Create(id));
        }

        await cache.GetOrCreateManyStaleAsync([.. Enumerable.Range(0, Workload.Keys)], (ids, _) =>
            new(ids.ToDictionary(id => id, Create)));
    }

    public static Task GetManyAsync(IObjectCache cache, int caller, long operations) =>
        ReadAsync(caller, operations, ids => cache.GetManyAsync(ids));

    /// <summary>With a hand-over to the thread pool after each call, as web requests have it.</summary>
    public static Task GetManyAndHopAsync(IObjectCache cache, int caller, long operations) =>
        ReadAsync(caller, operations, async ids =>
        {
            var values = await cache.GetManyAsync(ids);
            await Task.Yield();
            return values;
        });

    public static Task GetOrCreateManyAsync(IObjectCache cache, int caller, long operations) =>
        ReadAsync(caller, operations, ids => cache.GetOrCreateManyAsync(ids, Miss));

    public static Task GetOrCreateManyStaleAsync(IObjectCache cache, int caller, long operations) =>
        ReadAsync(caller, operations, ids => cache.GetOrCreateManyStaleAsync(ids, Miss));

    /// <summary>Arrays of bytes instead of objects.</summary>
    public static async Task GetManyBytesAsync(IBenchmarkCache cache, int size, int caller, long operations)
    {
        var ids = Workload.BatchIds(caller, BatchSize);
        for (long done = 0; done < operations; done += BatchSize)
        {
            var values = await cache.GetManyAsync(size, ids);
            Workload.Check(values.Count, BatchSize);
        }
    }

    private static async Task ReadAsync(int caller, long operations, Func<int[], ValueTask<IReadOnlyDictionary<int, Item>>> readAsync)
    {
        var ids = Workload.BatchIds(caller, BatchSize);
        for (long done = 0; done < operations; done += BatchSize)
        {
            var values = await readAsync(ids);
            Workload.Check(values.Count, BatchSize);
            Workload.Check(values[ids[0]].Id, ids[0]);
        }
    }

    private static Item Create(int id) => new(id, $"Item number {id:D4}", 9.99 + id, InStock: true);

    private static ValueTask<IReadOnlyDictionary<int, Item>> Miss(IReadOnlyList<int> ids, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"{ids.Count} objects are missing.");
}

namespace TypedCache.Tests.Tags;

/// <summary>Callers in several processes who do whatever can be done with tags, in an order that is drawn.</summary>
internal sealed class TagSchedule(Action<double> pass, TagModel model, TagClient[] clients, bool mayBeStale, int seed)
{
    private static readonly string[] Keys = ["k0", "k1", "k2"];
    private static readonly string[] Tags = ["~t:0", "~t:1", "~t:2"];

    /// <summary>Runs some callers.</summary>
    public Task RunAsync(int callers, int calls) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(new Random((seed * 1000) + caller), calls))));

    // Two tags for each key, so that keys share some.
    private static string[] TagsOf(string key) => [Tags[key[1] - '0'], Tags[(key[1] - '0' + 1) % Tags.Length]];

    private async Task CallAsync(Random random, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            var client = clients[random.Next(clients.Length)];
            var key = Keys[random.Next(Keys.Length)];
            await (random.Next(20) switch
            {
                < 5 => GetAsync(client, key),
                < 7 => GetManyAsync(client),
                < 12 => GetOrCreateAsync(client, key, random.Next(4)),
                < 14 => GetOrCreateManyAsync(client, random.Next(4)),
                < 16 => SetAsync(client, key),
                16 or 17 => model.ChangeAsync(Tags[random.Next(Tags.Length)], random.Next(2) == 0, client),
                18 => EvictAsync(client, random),
                _ => PauseAsync(random),
            });
        }
    }

    private async Task GetAsync(TagClient client, string key)
    {
        var bound = model.BoundOf(TagsOf(key), client.Pool, mayBeStale: false);
        model.Check(key, await client.GetAsync(key, TagsOf(key)), bound, "Get");
    }

    private async Task GetManyAsync(TagClient client)
    {
        // The tag of its own that each key has here is never invalidated.
        var bounds = Keys.ToDictionary(static key => $"m-{key}", key => model.BoundOf([Tags[0], $"~t:m-{key}"], client.Pool, mayBeStale: false));
        foreach (var (key, value) in await client.GetManyAsync([.. bounds.Keys], Tags[0]))
        {
            model.Check(key, value, bounds[key], "GetMany");
        }
    }

    private async Task GetOrCreateAsync(TagClient client, string key, int yields)
    {
        var bound = model.BoundOf(TagsOf(key), client.Pool, mayBeStale);
        var value = await client.GetOrCreateAsync(key, _ => CreateAsync(key, yields), TagsOf(key));
        model.Check(key, value, bound, "GetOrCreate");
    }

    private async Task GetOrCreateManyAsync(TagClient client, int yields)
    {
        var bounds = Keys.ToDictionary(static key => $"m-{key}", key => model.BoundOf([Tags[0], $"~t:m-{key}"], client.Pool, mayBeStale));
        var found = await client.GetOrCreateManyAsync(
            [.. bounds.Keys],
            async (keys, _) =>
            {
                var created = keys.ToDictionary(static key => key, model.Create);
                await YieldAsync(yields);
                return created;
            },
            Tags[0]);
        Assert.Equal(bounds.Count, found.Count);
        foreach (var (key, value) in found)
        {
            model.Check(key, value, bounds[key], "GetOrCreateMany");
        }
    }

    private async Task SetAsync(TagClient client, string key)
    {
        var value = model.BeginStore(key);
        await client.SetAsync(key, value, TagsOf(key));
        model.EndStore(value);
    }

    private static async Task EvictAsync(TagClient client, Random random)
    {
        if (random.Next(10) == 0)
        {
            await client.Pool.FlushAsync();
        }
        else
        {
            await client.Pool.DeleteAsync(Tags[random.Next(Tags.Length)]);
        }
    }

    private async Task PauseAsync(Random random)
    {
        pass(random.NextDouble());
        await Task.Yield();
    }

    private async ValueTask<string> CreateAsync(string key, int yields)
    {
        var value = model.Create(key);
        await YieldAsync(yields);
        return value;
    }

    private static async Task YieldAsync(int yields)
    {
        for (var i = 0; i < yields; i++)
        {
            await (i == 2 ? Task.Delay(1) : YieldOnceAsync());
        }
    }

    private static async Task YieldOnceAsync() => await Task.Yield();
}

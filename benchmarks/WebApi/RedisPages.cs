using Microsoft.AspNetCore.Builder;
using StackExchange.Redis;

namespace TypedCache.Benchmarks.WebApi;

/// <summary>The pages, with their values from Redis.</summary>
internal static class RedisPages
{
    public static void Map(WebApplication app, IDatabase database)
    {
        app.MapGet("/one", async context => await Page.WriteAsync(context, Page.Measure(await ReadAsync(database, Page.ChooseKey()))));
        app.MapGet("/five", async context => await Page.WriteAsync(context, await ReadInTurnAsync(database)));
        app.MapGet("/fan", async context => await Page.WriteAsync(context, await ReadTogetherAsync(database)));
    }

    private static Task<RedisValue> ReadAsync(IDatabase database, int id) => database.StringGetAsync($"bench:100:{id}");

    private static async Task<int> ReadInTurnAsync(IDatabase database)
    {
        var key = Page.ChooseKey();
        var length = 0;
        for (var i = 0; i < Page.Few; i++)
        {
            length += Page.Measure(await ReadAsync(database, key + i));
        }

        return length;
    }

    private static async Task<int> ReadTogetherAsync(IDatabase database)
    {
        var key = Page.ChooseKey();
        var reads = new Task<RedisValue>[Page.Many];
        for (var i = 0; i < Page.Many; i++)
        {
            reads[i] = ReadAsync(database, key + i);
        }

        var length = 0;
        foreach (var value in await Task.WhenAll(reads))
        {
            length += Page.Measure(value);
        }

        return length;
    }
}

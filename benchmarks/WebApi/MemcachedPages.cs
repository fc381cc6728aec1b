using Microsoft.AspNetCore.Builder;

namespace TypedCache.Benchmarks.WebApi;

/// <summary>The pages, with their values from memcached.</summary>
internal static class MemcachedPages
{
    public static void Map(WebApplication app, IPageCache cache)
    {
        app.MapGet("/one", async context => await Page.WriteAsync(context, Page.Measure(await cache.GetAsync(Page.ChooseKey()))));
        app.MapGet("/five", async context => await Page.WriteAsync(context, await ReadInTurnAsync(cache)));
        app.MapGet("/fan", async context => await Page.WriteAsync(context, await ReadTogetherAsync(cache)));
    }

    private static async Task<int> ReadInTurnAsync(IPageCache cache)
    {
        var key = Page.ChooseKey();
        var length = 0;
        for (var i = 0; i < Page.Few; i++)
        {
            length += Page.Measure(await cache.GetAsync(key + i));
        }

        return length;
    }

    private static async Task<int> ReadTogetherAsync(IPageCache cache)
    {
        var key = Page.ChooseKey();
        var reads = new Task<byte[]?>[Page.Many];
        for (var i = 0; i < Page.Many; i++)
        {
            reads[i] = cache.GetAsync(key + i).AsTask();
        }

        var length = 0;
        foreach (var value in await Task.WhenAll(reads))
        {
            length += Page.Measure(value);
        }

        return length;
    }
}

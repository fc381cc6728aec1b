using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedCache.AspNetCore;

namespace TypedCache.Caching.Tests.Output;

/// <summary>ASP.NET Core's output caching over the store, in two instances of an application.</summary>
public sealed class OutputCacheMiddlewareTests : IDisposable
{
    private readonly SharedServers _servers = new(2);
    private TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _rendered;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task Instances_share_their_responses_until_a_tag_is_evicted()
    {
        using var first = await StartAsync();
        using var second = await StartAsync();
        var page = await GetAsync(first, "/page?id=1");
        Assert.Equal(page, await GetAsync(first, "/page?id=1"));
        Assert.Equal(page, await GetAsync(second, "/page?id=1"));
        Assert.NotEqual(page, await GetAsync(second, "/page?id=2"));
        Assert.Equal(2, _rendered);

        await EvictAsync(second, "pages");
        Assert.NotEqual(page, await GetAsync(second, "/page?id=1"));

        // The first one keeps versions for a second.
        await EvictAsync(second, "pages");
        _servers.Advance(1);
        Assert.NotEqual(page, await GetAsync(first, "/page?id=1"));
        Assert.Equal(4, _rendered);
    }

    [Fact]
    public async Task A_page_that_is_rendered_while_another_instance_evicts_its_tag_is_rendered_again()
    {
        using var first = await StartAsync();
        using var second = await StartAsync();
        for (var round = 0; round < 2; round++)
        {
            var (started, gate) = (_started, _gate);
            var page = GetAsync(first, "/gated");
            await started.Task.WaitAsync(SharedServers.Patience, Token);
            await EvictAsync(second, "gated");
            gate.SetResult();
            var old = await page;

            (_started, _gate) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
            var again = GetAsync(second, "/gated");
            _gate.SetResult();
            Assert.NotEqual(old, await again);
            Assert.Equal(await again, await GetAsync(first, "/gated"));

            // The second time, the first instance knows which tags the page has.
            await EvictAsync(first, "gated");
            (_started, _gate) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        Assert.Equal(4, _rendered);
    }

    [Fact]
    public async Task Headers_and_long_bodies_come_back_and_too_long_ones_are_rendered_each_time()
    {
        using var host = await StartAsync();
        var response = await host.GetTestClient().GetAsync("/body?length=900000", Token);
        var cached = await host.GetTestClient().GetAsync("/body?length=900000", Token);
        Assert.Equal(await response.Content.ReadAsByteArrayAsync(Token), await cached.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("yes", Assert.Single(cached.Headers.GetValues("X-Page")));
        Assert.NotNull(cached.Headers.Age);
        Assert.Equal(1, _rendered);

        await GetAsync(host, "/body?length=2000000");
        await GetAsync(host, "/body?length=2000000");
        Assert.Equal(3, _rendered);
    }

    [Fact]
    public async Task Very_long_addresses_are_told_apart()
    {
        using var host = await StartAsync();
        var long1 = await GetAsync(host, $"/page?id={new string('x', 3000)}1");
        var long2 = await GetAsync(host, $"/page?id={new string('x', 3000)}2");
        Assert.NotEqual(long1, long2);
        Assert.Equal(long1, await GetAsync(host, $"/page?id={new string('x', 3000)}1"));
    }

    [Fact]
    public async Task Without_servers_pages_are_rendered()
    {
        using var host = await StartAsync();
        _servers.Stop();
        await GetAsync(host, "/page?id=1");
        await GetAsync(host, "/page?id=1");
        Assert.Equal(2, _rendered);
    }

    private static async Task EvictAsync(IHost host, string tag) => await host.Services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync(tag, Token);

    private static async Task<string> GetAsync(IHost host, string address)
    {
        var response = await host.GetTestClient().GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private Task<IHost> StartAsync() => new HostBuilder()
        .ConfigureLogging(logging => logging.ClearProviders())
        .ConfigureWebHost(web => web
            .UseTestServer()
            .ConfigureServices(services =>
            {
                services.AddRouting();
                services.AddOutputCache(options => options.MaximumBodySize = 10_000_000);
                services.AddSingleton<IOutputCacheStore>(new TypedCacheOutputCacheStore(_servers.Join(configure: options => options.RetryInterval = Timeout.InfiniteTimeSpan)));
            })
            .Configure(app => app
                .UseRouting()
                .UseOutputCache()
                .UseEndpoints(endpoints =>
                {
                    endpoints.MapGet("/page", () => $"page {Interlocked.Increment(ref _rendered)}")
                        .CacheOutput(policy => policy.Expire(TimeSpan.FromMinutes(10)).SetVaryByQuery("id").Tag("pages", "all"));
                    endpoints.MapGet("/gated", async () =>
                    {
                        var page = $"page {Interlocked.Increment(ref _rendered)}";
                        var gate = _gate;
                        _started.TrySetResult();
                        await gate.Task;
                        return page;
                    }).CacheOutput(policy => policy.Expire(TimeSpan.FromMinutes(10)).Tag("gated"));
                    endpoints.MapGet("/body", (HttpContext context, int length) =>
                    {
                        Interlocked.Increment(ref _rendered);
                        context.Response.Headers["X-Page"] = "yes";
                        return Results.Bytes(new byte[length]);
                    }).CacheOutput(policy => policy.Expire(TimeSpan.FromMinutes(10)));
                })))
        .StartAsync(Token);
}

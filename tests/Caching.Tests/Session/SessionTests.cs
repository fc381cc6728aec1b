using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedCache.Caching.Tests.Session;

/// <summary>ASP.NET Core's session over the cache, in two instances of an application.</summary>
public sealed class SessionTests : IDisposable
{
    private const int IdleSeconds = 1200;

    private readonly SharedServers _servers = new(2);
    private readonly LogLines _log = new();

    // Both instances read the cookies of the other, as those of one application do.
    private readonly EphemeralDataProtectionProvider _cookies = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Instances_share_a_session_loaded_with_blocking_or_without(bool loadsAsync)
    {
        using var first = await StartAsync(loadsAsync);
        using var second = await StartAsync(loadsAsync);
        var user = new Browser();
        var stranger = new Browser();
        Assert.Equal("none", await user.GetAsync(first, "/read"));
        Assert.Equal("ok", await user.GetAsync(first, "/write?value=basket"));
        Assert.Equal("basket", await user.GetAsync(first, "/read"));
        Assert.Equal("basket", await user.GetAsync(second, "/read"));
        Assert.Equal("none", await stranger.GetAsync(second, "/read"));
        Assert.Equal("ok", await user.GetAsync(second, "/write?value=other"));
        Assert.Equal("other", await user.GetAsync(first, "/read"));
        Assert.Equal("ok", await user.GetAsync(first, "/clear"));
        Assert.Equal("none", await user.GetAsync(second, "/read"));
        Assert.Empty(_log.Of(LogLevel.Debug));
    }

    // Each request that does not change the session refreshes it.
    [Fact]
    public async Task A_session_lives_while_there_are_requests_and_ends_without()
    {
        using var host = await StartAsync(loadsAsync: false);
        var user = new Browser();
        await user.GetAsync(host, "/write?value=basket");
        for (var i = 0; i < 5; i++)
        {
            _servers.Advance(IdleSeconds * 0.8);
            Assert.Equal("basket", await user.GetAsync(host, "/read"));
        }

        for (var i = 0; i < 5; i++)
        {
            _servers.Advance(IdleSeconds * 0.8);
            Assert.Equal("ok", await user.GetAsync(host, "/nothing"));
        }

        Assert.Equal("basket", await user.GetAsync(host, "/read"));
        _servers.Advance(IdleSeconds + 2);
        Assert.Equal("none", await user.GetAsync(host, "/read"));
    }

    [Fact]
    public async Task A_session_that_is_only_refreshed_is_not_sent()
    {
        using var host = await StartAsync(loadsAsync: false);
        var pool = host.Services.GetRequiredService<MemcachedPool>();
        var user = new Browser();
        await user.GetAsync(host, $"/write?value={new string('x', 20_000)}");
        var before = await pool.CountAsync("bytes_written");
        for (var i = 0; i < 10; i++)
        {
            _servers.Advance(60);
            await user.GetAsync(host, "/nothing");
        }

        // The session middleware touches a session which was not loaded by refreshing it; statistics are a part of what is counted.
        Assert.InRange(await pool.CountAsync("bytes_written") - before, 0, 10_000);
    }

    private Task<IHost> StartAsync(bool loadsAsync) => new HostBuilder()
        .ConfigureLogging(logging => logging.ClearProviders())
        .ConfigureWebHost(web => web
            .UseTestServer()
            .ConfigureServices(services =>
            {
                var pool = _servers.Join();
                services.AddSingleton(pool);
                services.AddSingleton<IDistributedCache>(_servers.CacheOver(pool, log: _log));
                services.AddSession(options => options.IdleTimeout = TimeSpan.FromSeconds(IdleSeconds));
                services.AddSingleton<IDataProtectionProvider>(_cookies);
            })
            .Configure(app =>
            {
                app.UseSession();
                app.Run(context => HandleAsync(context, loadsAsync));
            }))
        .StartAsync(Token);

    private static async Task HandleAsync(HttpContext context, bool loadsAsync)
    {
        if (loadsAsync)
        {
            await context.Session.LoadAsync(Token);
        }

        var answer = "ok";
        switch (context.Request.Path.Value)
        {
            case "/read":
                answer = context.Session.GetString("value") ?? "none";
                break;
            case "/write":
                context.Session.SetString("value", context.Request.Query["value"]!);
                break;
            case "/clear":
                context.Session.Clear();
                break;
        }

        await context.Response.WriteAsync(answer, Token);
    }

    /// <summary>Keeps the session's cookie, which both instances understand.</summary>
    private sealed class Browser
    {
        private string? _cookie;

        public async Task<string> GetAsync(IHost host, string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (_cookie is not null)
            {
                request.Headers.Add("Cookie", _cookie);
            }

            using var response = await host.GetTestClient().SendAsync(request, Token);
            if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            {
                _cookie = cookies.Single().Split(';')[0];
            }

            return await response.Content.ReadAsStringAsync(Token);
        }
    }
}

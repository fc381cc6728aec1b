using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedCache.Browser.Tests;

/// <summary>An application with a live page, served by Kestrel on a free loopback port.</summary>
public sealed class Site : IAsyncDisposable
{
    /// <summary>A header by which a test makes a request come from another address.</summary>
    public const string RemoteHeader = "Test-Remote";

    private readonly WebApplication _app;

    private Site(WebApplication app, LogLines log)
    {
        _app = app;
        Log = log;
        Root = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public LogLines Log { get; }

    public Uri Root { get; }

    public Uri Dashboard => new(Root, "/cache");

    /// <summary>Starts one.</summary>
    /// <param name="pools">The pools that it has registered.</param>
    /// <param name="configure">What its page is like.</param>
    /// <param name="services">What else it has.</param>
    /// <param name="map">Maps the page; null: as usual.</param>
    /// <param name="url">Where it listens.</param>
    public static async Task<Site> StartAsync(
        IEnumerable<MemcachedPool>? pools = null,
        Action<TypedCacheDashboardOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ApplicationName = "Browser.Tests" });
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls(url);
        foreach (var pool in pools ?? [])
        {
            builder.Services.AddSingleton(pool);
        }

        builder.Services.AddSingleton<TimeProvider>(new FastClock());
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.Use(ComeFromElsewhere);
        if (map is not null)
        {
            map(app);
        }
        else
        {
            app.MapTypedCacheDashboard(configure: configure);
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Site(app, log);
    }

    public HttpClient CreateClient() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Root };

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task ComeFromElsewhere(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.TryGetValue(RemoteHeader, out var address))
        {
            context.Connection.RemoteIpAddress = address == "none" ? null : IPAddress.Parse(address.ToString());
        }

        return next(context);
    }
}

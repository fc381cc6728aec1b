using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Storefront;
using Storefront.Origin;
using Storefront.Servers;
using TypedCache.Storefront.Tests.Origin;

namespace TypedCache.Storefront.Tests.Site;

/// <summary>The whole shop, small, on a port of this machine.</summary>
public sealed class RunningShop : IAsyncLifetime
{
    private readonly TemporaryDatabase _file = new();
    private ShopDatabase? _database;
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Its cache servers.</summary>
    internal EmbeddedServers Servers { get; } = EmbeddedServers.Start(3);

    /// <summary>How often the database was asked.</summary>
    internal long Queries => _app!.Services.GetRequiredService<CountedOrigin>().Queries;

    /// <summary>Its pool.</summary>
    internal MemcachedPool Pool => _app!.Services.GetRequiredService<MemcachedPool>();

    public async ValueTask InitializeAsync()
    {
        _file.File.Ensure(static _ => { });
        _database = new ShopDatabase(_file.File.FullPath);

        // Of servers that tests stop, much is logged.
        var builder = StorefrontApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        _app = StorefrontApplication.Build(builder, new StorefrontSetup(_database, TemporaryDatabase.Size, Path.Combine(_file.Folder, "keys"))
        {
            Urls = "http://127.0.0.1:0",
            Embedded = Servers,
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Waits until the pool uses all servers, such as one that has been restarted.</summary>
    internal async Task UntilAllAnswerAsync(CancellationToken cancellationToken)
    {
        while ((await Pool.PingAsync(cancellationToken)).Any(static reply => reply.Error is not null))
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    /// <summary>Somebody new, with cookies.</summary>
    internal Shopper Enter() => new(new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = Address });

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(TestContext.Current.CancellationToken);
            await _app.DisposeAsync();
        }

        await Servers.DisposeAsync();
        _database?.Dispose();
        _file.Dispose();
    }
}

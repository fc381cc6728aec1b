using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Hosting.Tests.Testing;

namespace TypedCache.Hosting.Tests.Reload;

/// <summary>Settings that change while the application runs.</summary>
public sealed class ReloadTests
{
    private const string Secret = "s3cr3t";

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Servers_credentials_and_time_limits_change_in_the_running_pool()
    {
        using var host = Create(out var pool, ("ConnectionStrings:cache", "a, b; user=u; password=1"));
        var staying = pool.Servers[1];

        Set(host, "ConnectionStrings:cache", "b, c:11212; user=u; password=2; timeout=300ms; connect-timeout=400ms; retry-interval=500ms; keep-alive=600s");

        await UntilLoggedAsync(host, 102);
        Assert.Equal(["b:11211", "c:11212"], pool.Servers.Select(static server => server.Name));
        Assert.Same(staying, pool.Servers[0]);
        Assert.Equal(
            new MemcachedTimeLimits { OperationTimeout = Milliseconds(300), ConnectTimeout = Milliseconds(400), RetryInterval = Milliseconds(500), KeepAlive = Milliseconds(600_000) },
            pool.TimeLimits);
        Assert.Equal(
            (LogLevel.Information, 102, "Settings of the cache 'cache' have changed and are in use: Credentials, ConnectTimeout, OperationTimeout, RetryInterval, KeepAlive, Servers."),
            Assert.Single(host.Log().OfHosting));
    }

    [Fact]
    public async Task Spares_change_in_the_running_pool_and_become_servers()
    {
        using var host = Create(out var pool, ("ConnectionStrings:cache", "a; spares=s, t"));
        var staying = pool.Spares[1];

        Set(host, "ConnectionStrings:cache", "a; spares=t");
        await UntilLoggedAsync(host, 102);
        Assert.Same(staying, Assert.Single(pool.Spares));

        Set(host, "ConnectionStrings:cache", "a, t; spares=u");
        await UntilLoggedAsync(host, 102, times: 2);
        Assert.Equal(["a:11211", "t:11211"], pool.Servers.Select(static server => server.Name));
        Assert.Equal("u:11211", Assert.Single(pool.Spares).Name);
        Assert.Equal(
            ["Settings of the cache 'cache' have changed and are in use: Spares.", "Settings of the cache 'cache' have changed and are in use: Servers, Spares."],
            host.Log().OfHosting.Select(static entry => entry.Message));
    }

    [Fact]
    public async Task Changes_that_follow_each_other_are_one()
    {
        using var host = Create(out var pool, ("ConnectionStrings:cache", "a"));
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();

        configuration["ConnectionStrings:cache"] = "x";
        configuration.Reload();
        _clock.Advance(LiveSettings.Delay - Milliseconds(1));
        configuration["ConnectionStrings:cache"] = "b";
        configuration.Reload();
        _clock.Advance(LiveSettings.Delay - Milliseconds(1));
        Assert.Equal("a:11211", pool.Servers[0].Name);
        _clock.Advance(Milliseconds(1));

        await UntilLoggedAsync(host, 102);
        Assert.Equal("b:11211", Assert.Single(pool.Servers).Name);
        Assert.Equal(2, pool.TopologyVersion);
    }

    [Fact]
    public async Task What_cannot_change_is_told_once_by_its_name()
    {
        using var host = Create(out var pool, ("ConnectionStrings:cache", "a"));

        Set(host, "TypedCache:cache:KeyPrefix", "shop:");
        Set(host, "TypedCache:cache:HashStrategy", "Ketama");
        await UntilLoggedAsync(host, 103, times: 2);
        Set(host, "TypedCache:cache:OperationTimeout", "00:00:02");
        await UntilLoggedAsync(host, 102);

        Assert.Equal(250, pool.MaxKeyLength);
        Assert.Equal(
            [
                (LogLevel.Warning, 103, "The setting KeyPrefix of the cache 'cache' has changed, which takes effect when the application is started again."),
                (LogLevel.Warning, 103, "The setting HashStrategy of the cache 'cache' has changed, which takes effect when the application is started again."),
                (LogLevel.Information, 102, "Settings of the cache 'cache' have changed and are in use: OperationTimeout."),
            ],
            host.Log().OfHosting);
    }

    [Fact]
    public void Every_setting_changes_or_is_told_of()
    {
        string[] live = ["ConnectionString", "Servers", "Discovery", "Spares", "User", "Password", "ConnectTimeout", "OperationTimeout", "RetryInterval", "KeepAlive"];
        var all = SettingNames.All.Where(static name => name is not ("Tls" or "SickServers" or "ServerChanges"))
            .Concat(SettingNames.OfTls.Select(static name => $"Tls:{name}"))
            .Concat(SettingNames.OfSickServers.Select(static name => $"SickServers:{name}"))
            .Concat(SettingNames.OfServerChanges.Select(static name => $"ServerChanges:{name}"));

        Assert.Equal(all.Order(), live.Concat(SettingsDifference.Names).Order());
    }

    [Theory]
    [InlineData("ConnectionStrings:cache", "a; user=u; password=x;s3cr3t", "ConnectionStrings:cache: The connection string is malformed: what follows the password has no '='.")]
    [InlineData("TypedCache:cache:OperationTimeout", "soon", "'TypedCache:cache:OperationTimeout'")]
    [InlineData("TypedCache:cache:OperationTimout", "00:00:01", "Did you mean OperationTimeout?")]
    [InlineData("ConnectionStrings:cache", "", "No memcached server is configured for the cache 'cache'.")]
    public async Task What_cannot_be_used_is_logged_and_the_pool_goes_on(string key, string value, string reason)
    {
        using var host = Create(out var pool, ("ConnectionStrings:cache", "a; timeout=300ms"));

        Set(host, key, value);

        await UntilLoggedAsync(host, 104);
        var (level, _, message) = host.Log().OfHosting.Single();
        Assert.Equal(LogLevel.Error, level);
        Assert.StartsWith("The changed settings of the cache 'cache' cannot be used; it goes on with those that it had. ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, message, StringComparison.Ordinal);
        Assert.Equal("a:11211", Assert.Single(pool.Servers).Name);
        Assert.Equal(Milliseconds(300), pool.TimeLimits.OperationTimeout);

        Set(host, key, key.StartsWith("Connection", StringComparison.Ordinal) ? "b" : null);
        Set(host, "ConnectionStrings:cache", "b");
        await UntilLoggedAsync(host, 102);
        Assert.Equal("b:11211", Assert.Single(pool.Servers).Name);
    }

    [Fact]
    public async Task Code_is_asked_again()
    {
        var password = "1";
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a")]);
        builder.AddTypedCache("cache").ConfigurePool((_, options) =>
        {
            options.TimeProvider = _clock;
            options.Credentials = new MemcachedCredentials("u", password);
        });
        using var host = builder.Build();
        Assert.NotNull(host.Services.GetRequiredService<MemcachedPool>());

        password = "2";
        Set(host, "Anything", "else");

        await UntilLoggedAsync(host, 102);
        Assert.Equal("Settings of the cache 'cache' have changed and are in use: Credentials.", Assert.Single(host.Log().OfHosting).Message);
    }

    [Fact]
    public async Task Code_that_throws_is_logged()
    {
        var isOpen = true;
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a")]);
        builder.AddTypedCache("cache").ConfigurePool((_, options) =>
        {
            options.TimeProvider = _clock;
            options.KeyPrefix = isOpen ? "" : throw new InvalidOperationException("The vault is closed.");
        });
        using var host = builder.Build();
        Assert.NotNull(host.Services.GetRequiredService<MemcachedPool>());

        isOpen = false;
        Set(host, "Anything", "else");

        await UntilLoggedAsync(host, 104);
        Assert.EndsWith("The vault is closed.", Assert.Single(host.Log().OfHosting).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_that_are_configured_later_do_not_replace_embedded_ones()
    {
        var builder = Apps.Create("Development");
        builder.AddTypedCache("cache").ConfigurePool((_, options) => options.TimeProvider = _clock);
        using var host = builder.Build();
        var pool = host.Services.GetRequiredService<MemcachedPool>();

        Set(host, "ConnectionStrings:cache", "a; timeout=300ms");

        await UntilLoggedAsync(host, 103);
        Assert.Equal("embedded-1:11211", Assert.Single(pool.Servers).Name);
        Assert.Equal(Milliseconds(300), pool.TimeLimits.OperationTimeout);
        Assert.Contains(host.Log().OfHosting, static entry => entry.Message.StartsWith("The setting Servers of the cache 'cache' has changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pools_change_by_themselves()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a"), ("ConnectionStrings:sessions", "b")]);
        builder.AddTypedCache("cache").ConfigurePool((_, options) => options.TimeProvider = _clock);
        builder.AddKeyedTypedCache("sessions").ConfigurePool((_, options) => options.TimeProvider = _clock);
        using var host = builder.Build();
        var pool = host.Services.GetRequiredService<MemcachedPool>();
        var sessions = host.Services.GetRequiredKeyedService<MemcachedPool>("sessions");

        Set(host, "ConnectionStrings:sessions", "c");

        await UntilLoggedAsync(host, 102);
        Assert.Equal(("a:11211", "c:11211"), (pool.Servers[0].Name, sessions.Servers[0].Name));
        Assert.Contains("the cache 'sessions'", Assert.Single(host.Log().OfHosting).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_written_again_is_read_again()
    {
        var file = Path.Combine(Path.GetTempPath(), $"appsettings-{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(file, """{ "ConnectionStrings": { "cache": "a" } }""", TestContext.Current.CancellationToken);
            var builder = Apps.Create();
            builder.Configuration.AddJsonFile(file, optional: false, reloadOnChange: true);
            builder.AddTypedCache("cache");
            using var host = builder.Build();
            var pool = host.Services.GetRequiredService<MemcachedPool>();

            await File.WriteAllTextAsync(file, """{ "ConnectionStrings": { "cache": "a, b" } }""", TestContext.Current.CancellationToken);

            await Patiently.UntilAsync(() => pool.Servers.Count == 2);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_change_after_the_end_is_nobodys_business()
    {
        var host = Create(out _, ("ConnectionStrings:cache", "a"));
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["ConnectionStrings:cache"] = "b";
        configuration.Reload();
        var log = host.Log();
        host.Dispose();

        _clock.Advance(LiveSettings.Delay);

        Assert.Empty(log.OfHosting);
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private static Task UntilLoggedAsync(IHost host, int id, int times = 1) =>
        Patiently.UntilAsync(() => host.Log().OfHosting.Count(entry => entry.Id == id) >= times);

    private IHost Create(out MemcachedPool pool, params (string Key, string Value)[] settings)
    {
        var builder = Apps.Create(settings: settings);
        builder.AddTypedCache("cache").ConfigurePool((_, options) => options.TimeProvider = _clock);
        var host = builder.Build();
        pool = host.Services.GetRequiredService<MemcachedPool>();
        return host;
    }

    private void Set(IHost host, string key, string? value)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        try
        {
            configuration.Reload();
        }
        catch (AggregateException)
        {
            // IOptionsMonitor, which others may use, throws what is wrong at whoever loads the configuration.
        }

        _clock.Advance(LiveSettings.Delay);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TypedCache.Hosting.Tests.Testing;
using TypedCache.Keys;

namespace TypedCache.Hosting.Tests.Settings;

/// <summary>Where settings come from, and which one wins.</summary>
public sealed class SettingsSourcesTests
{
    [Fact]
    public void Every_setting_is_bound()
    {
        var settings = SettingsOf(Apps.WithJson("""
            {
              "TypedCache": {
                "cache": {
                  "Servers": [ "a:11212 weight=2", "b" ],
                  "Preset": "pecl2",
                  "User": "shop",
                  "Password": "secret",
                  "Tls": {
                    "Enabled": true, "TargetHost": "cache.example", "CheckHostName": false
                  },
                  "Protocol": "Classic",
                  "KeyPrefix": "p:",
                  "HashKeyPrefix": false,
                  "KeyPolicy": "Escape",
                  "HashStrategy": "Ketama",
                  "HashFunction": "Murmur",
                  "SortHosts": true,
                  "SignedChar": false,
                  "ValueDialect": "PhpMemcached",
                  "CompressionThreshold": 100,
                  "CompressionMinimumSaving": 0.5,
                  "MaxExpandedSize": 1000,
                  "MaxExpandedTogether": 2000,
                  "MaxValueLength": 3000,
                  "ConnectTimeout": "00:00:02",
                  "OperationTimeout": "00:00:00.200",
                  "RetryInterval": "00:00:03",
                  "KeepAlive": "00:02:00",
                  "AllowFailover": false,
                  "FailoverOrder": "Pecl2",
                  "MaxFailoverAttempts": 4,
                  "Redundancy": 2,
                  "OnServerFailure": "Miss",
                  "SickServers": { "Enabled": true, "FailureRate": 0.25, "Window": "00:00:05", "MinimumCalls": 7, "MaxShareTakenOut": 0.75 },
                  "ServerChanges": { "WarmUp": "00:10:00", "Prepare": "00:01:00", "CleanUp": "01:00:00" },
                  "ConnectionsPerServer": 3,
                  "MaxQueuedBytes": 5000,
                  "MaxNearBytes": 6000000000
                }
              }
            }
            """));

        Assert.Equal(["a:11212 weight=2", "b"], settings.Servers);
        Assert.Equal((MemcachedPreset.Pecl2, "shop", "secret"), (settings.Preset, settings.User, settings.Password));
        Assert.Equal((true, "cache.example", false), (settings.Tls.Enabled, settings.Tls.TargetHost, settings.Tls.CheckHostName));
        Assert.Equal((MemcachedProtocol.Classic, "p:", false, KeyPolicy.Escape), (settings.Protocol, settings.KeyPrefix, settings.HashKeyPrefix, settings.KeyPolicy));
        Assert.Equal((TypedCacheHashStrategy.Ketama, TypedCacheHashFunction.Murmur, true, false), (settings.HashStrategy, settings.HashFunction, settings.SortHosts, settings.SignedChar));
        Assert.Equal((TypedCacheValueDialect.PhpMemcached, 100, 0.5, 1000, 2000L, 3000),
            (settings.ValueDialect, settings.CompressionThreshold, settings.CompressionMinimumSaving, settings.MaxExpandedSize, settings.MaxExpandedTogether, settings.MaxValueLength));
        Assert.Equal((2.0, 0.2, 3.0, 120.0),
            (settings.ConnectTimeout.TotalSeconds, settings.OperationTimeout.TotalSeconds, settings.RetryInterval.TotalSeconds, settings.KeepAlive.TotalSeconds));
        Assert.Equal((false, TypedCacheFailoverOrder.Pecl2, 4, 2), (settings.AllowFailover, settings.FailoverOrder, settings.MaxFailoverAttempts, settings.Redundancy));
        var sick = settings.SickServers;
        Assert.Equal((true, 0.25, 5.0, 7, 0.75), (sick.Enabled, sick.FailureRate, sick.Window.TotalSeconds, sick.MinimumCalls, sick.MaxShareTakenOut));
        Assert.Equal(
            (10.0, 1.0, 60.0), (settings.ServerChanges.WarmUp.TotalMinutes, settings.ServerChanges.Prepare.TotalMinutes, settings.ServerChanges.CleanUp!.Value.TotalMinutes));
        Assert.Equal(
            (ServerFailurePolicy.Miss, 3, 5000, 6_000_000_000),
            (settings.OnServerFailure, settings.ConnectionsPerServer, settings.MaxQueuedBytes, settings.MaxNearBytes));
    }

    // With the other settings, it would be refused: these leave the prefix out of the hash.
    [Fact]
    public void A_key_transformer_is_bound() => Assert.Equal(
        TypedCacheKeyTransformer.EnyimSha1, SettingsOf(Apps.WithJson("""{ "TypedCache": { "cache": { "Servers": [ "a" ], "KeyTransformer": "EnyimSha1" } } }""")).KeyTransformer);

    // With the other settings, they would be refused: these turn failover off.
    [Fact]
    public void Spares_are_bound()
    {
        var settings = SettingsOf(Apps.WithJson("""{ "TypedCache": { "cache": { "Servers": [ "a" ], "Spares": [ "s:11212", "t" ], "SpareExpiry": "00:00:05" } } }"""));

        Assert.Equal(["s:11212", "t"], settings.Spares);
        Assert.Equal(5, settings.SpareExpiry.TotalSeconds);
    }

    [Fact]
    public void Later_sources_win()
    {
        var builder = Apps.Create(settings:
        [
            ("TypedCache:OperationTimeout", "00:00:01.1"),
            ("TypedCache:ConnectTimeout", "00:00:01.1"),
            ("TypedCache:RetryInterval", "00:00:01.1"),
            ("TypedCache:KeepAlive", "00:00:01.1"),
            ("TypedCache:cache:ConnectTimeout", "00:00:01.2"),
            ("TypedCache:cache:RetryInterval", "00:00:01.2"),
            ("TypedCache:cache:KeepAlive", "00:00:01.2"),
            ("ConnectionStrings:cache", "a; retry-interval=1300ms; keep-alive=1300ms"),
        ]);
        builder.AddTypedCache("cache", static settings => settings.KeepAlive = TimeSpan.FromMilliseconds(1400));
        using var host = builder.Build();

        var settings = host.Services.GetRequiredService<IOptions<TypedCacheSettings>>().Value;

        Assert.Equal(
            [1100.0, 1200.0, 1300.0, 1400.0],
            new[] { settings.OperationTimeout, settings.ConnectTimeout, settings.RetryInterval, settings.KeepAlive }.Select(static time => time.TotalMilliseconds));
    }

    [Fact]
    public void Servers_of_a_later_source_replace_those_before()
    {
        Assert.Equal(["b"], SettingsOf(Apps.Create(settings: [("TypedCache:Servers:0", "a"), ("TypedCache:Servers:1", "x"), ("TypedCache:cache:Servers:0", "b")])).Servers);
        Assert.Equal(
            ["c:11211 weight=2", "unix:///run/m.sock", "[::1]:11211"],
            SettingsOf(Apps.Create(settings: [("TypedCache:cache:Servers:0", "b"), ("ConnectionStrings:cache", "c weight=2, unix:/run/m.sock, [::1]")])).Servers);
        Assert.Equal(["d:11211"], SettingsOf(Apps.Create(settings: [("TypedCache:ConnectionString", "d")])).Servers);
        Assert.Equal(["y:11211 weight=2"], SettingsOf(Apps.Create(settings: [("TypedCache:Spares:0", "x"), ("ConnectionStrings:cache", "c; spares=y weight=2")])).Spares);
        var zoned = SettingsOf(Apps.Create(settings: [("ConnectionStrings:cache", "c zone=x, d weight=2 zone=y; zone=y")]));
        Assert.Equal(["c:11211 zone=x", "d:11211 weight=2 zone=y"], zoned.Servers);
        Assert.Equal("y", zoned.Zone);
    }

    [Theory]
    [InlineData("consistent", TypedCacheHashStrategy.Consistent)]
    [InlineData("standard", TypedCacheHashStrategy.Standard)]
    [InlineData("rendezvous", TypedCacheHashStrategy.Rendezvous)]
    public void The_hash_of_a_connection_string_replaces_strategy_and_function_of_the_sections(string hash, TypedCacheHashStrategy expected)
    {
        var settings = SettingsOf(Apps.Create(settings:
        [
            ("TypedCache:HashStrategy", "Ketama"), ("TypedCache:HashFunction", "Murmur"), ("ConnectionStrings:cache", $"a; hash={hash}"),
        ]));

        Assert.Equal((expected, TypedCacheHashFunction.Crc32), (settings.HashStrategy, settings.HashFunction));
    }

    [Fact]
    public void A_connection_string_that_code_sets_is_taken_over()
    {
        var services = new ServiceCollection();
        services.AddTypedCache(static settings => settings.ConnectionString = "memcached://shop:secret@a:11212?timeout=300ms");
        using var provider = services.BuildServiceProvider();

        var settings = provider.GetRequiredService<IOptions<TypedCacheSettings>>().Value;

        Assert.Equal(["a:11212"], settings.Servers);
        Assert.Equal(("shop", "secret", 300.0), (settings.User, settings.Password, settings.OperationTimeout.TotalMilliseconds));
    }

    [Fact]
    public void Code_gets_the_services()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a")]);
        builder.Services.AddSingleton("from the vault");
        builder.AddTypedCache("cache").ConfigureSettings(static (services, settings) =>
        {
            settings.User = "shop";
            settings.Password = services.GetRequiredService<string>().Replace(" ", "-", StringComparison.Ordinal);
        });
        using var host = builder.Build();

        Assert.Equal("from-the-vault", host.Services.GetRequiredService<IOptions<TypedCacheSettings>>().Value.Password);
    }

    [Fact]
    public void Each_pool_has_settings_of_its_own()
    {
        var builder = Apps.Create(settings:
        [
            ("TypedCache:OnServerFailure", "Miss"),
            ("ConnectionStrings:cache", "a"),
            ("ConnectionStrings:sessions", "b"),
            ("TypedCache:sessions:Redundancy", "2"),
        ]);
        builder.AddTypedCache("cache");
        builder.AddKeyedTypedCache("sessions", static settings => settings.ConnectionsPerServer = 1);
        using var host = builder.Build();
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<TypedCacheSettings>>();

        Assert.Equal(("a:11211", 1, 2, ServerFailurePolicy.Miss), Shown(monitor.CurrentValue));
        Assert.Equal(("b:11211", 2, 1, ServerFailurePolicy.Miss), Shown(monitor.Get("sessions")));
    }

    [Fact]
    public void The_names_of_all_settings_are_known()
    {
        Assert.Equal(Names<TypedCacheSettings>().Order(), SettingNames.All.Order());
        Assert.Equal(Names<TypedCacheTlsSettings>().Order(), SettingNames.OfTls.Order());
        Assert.Equal(Names<TypedCacheSickServerSettings>().Order(), SettingNames.OfSickServers.Order());
        Assert.Equal(Names<TypedCacheServerChangeSettings>().Order(), SettingNames.OfServerChanges.Order());
    }

    internal static TypedCacheSettings SettingsOf(HostApplicationBuilder builder)
    {
        builder.AddTypedCache("cache");
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<TypedCacheSettings>>().Value;
    }

    private static IEnumerable<string> Names<T>() => typeof(T).GetProperties().Select(static property => property.Name);

    private static (string Server, int Redundancy, int Connections, ServerFailurePolicy) Shown(TypedCacheSettings settings) =>
        (settings.Servers.Single(), settings.Redundancy, settings.ConnectionsPerServer, settings.OnServerFailure);
}

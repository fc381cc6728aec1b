using System.Net;
using TypedCache.Hashing;
using TypedCache.Hosting.Tests.Settings;
using TypedCache.Hosting.Tests.Testing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Hosting.Tests.Pools;

/// <summary>What settings mean to the pool.</summary>
public sealed class PoolOptionsTests
{
    public static TheoryData<MemcachedPreset> Presets => [.. Enum.GetValues<MemcachedPreset>()];

    [Theory]
    [MemberData(nameof(Presets))]
    public void What_is_not_set_is_as_the_preset_says(MemcachedPreset preset) =>
        AssertSame(MemcachedPoolOptions.For(preset), PoolOptions.From(new TypedCacheSettings { Preset = preset }));

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_has_one_name_in_settings_and_one_in_connection_strings(MemcachedPreset preset)
    {
        var named = SettingsSourcesTests.SettingsOf(Apps.Create(settings: [("TypedCache:cache:Servers:0", "a"), ("TypedCache:cache:Preset", preset.ToString())]));
        var texted = SettingsSourcesTests.SettingsOf(Apps.Create(settings: [("ConnectionStrings:cache", $"a; preset={Kebab(preset)}")]));

        Assert.Equal((preset, preset), (named.Preset, texted.Preset));
        AssertSame(MemcachedPoolOptions.For(preset), MemcachedConnectionString.Parse($"a; preset={Kebab(preset)}").ToOptions());
    }

    [Fact]
    public void What_is_set_overrides_the_preset()
    {
        var options = PoolOptions.From(new TypedCacheSettings
        {
            Preset = MemcachedPreset.PhpMemcached,
            AllowFailover = true,
            HashKeyPrefix = true,
            KeyPolicy = KeyPolicy.Escape,
            ValueDialect = TypedCacheValueDialect.PeclSharedWithPhp,
            FailoverOrder = TypedCacheFailoverOrder.Pecl2,
            CompressionThreshold = 7,
            CompressionMinimumSaving = 0.7,
            HashStrategy = TypedCacheHashStrategy.Standard,
            HashFunction = TypedCacheHashFunction.Fnv1a,
        });

        Assert.Equal((true, true, KeyPolicy.Escape, 7, 0.7), (options.AllowFailover, options.HashKeyPrefix, options.KeyPolicy, options.Compression.Threshold, options.Compression.MinimumSaving));
        Assert.Same(ValueDialect.PeclSharedWithPhp, options.ValueDialect);
        Assert.Same(FailoverSequence.Pecl2, options.FailoverSequence);
        Assert.Same(HashStrategies.Standard, options.HashStrategy);
        Assert.Same(HashFunctions.Fnv1a, options.HashFunction);
    }

    [Fact]
    public void Every_dialect_key_transformer_and_failover_order_is_that_of_its_name()
    {
        Assert.Equal(
            Enum.GetNames<TypedCacheFailoverOrder>().Select(static name => typeof(FailoverSequence).GetProperty(name)!.GetValue(null)),
            Enum.GetValues<TypedCacheFailoverOrder>().Select(static order => PoolOptions.From(new TypedCacheSettings { FailoverOrder = order }).FailoverSequence));
        Assert.Equal(
            Enum.GetNames<TypedCacheValueDialect>().Select(static name => typeof(ValueDialect).GetProperty(name)!.GetValue(null)),
            Enum.GetValues<TypedCacheValueDialect>().Select(static dialect => PoolOptions.From(new TypedCacheSettings { ValueDialect = dialect }).ValueDialect));
        Assert.Equal(
            Enum.GetNames<TypedCacheKeyTransformer>().Select(static name => typeof(KeyTransformer).GetProperty(name)!.GetValue(null)),
            Enum.GetValues<TypedCacheKeyTransformer>().Select(static each => PoolOptions.From(new TypedCacheSettings { KeyTransformer = each }).KeyTransformer));
        Assert.Equal(Enum.GetNames<CacheDialect>().Skip(1), Enum.GetNames<TypedCacheValueDialect>());

        Assert.Throws<ArgumentException>(() => PoolOptions.From(new TypedCacheSettings { ValueDialect = (TypedCacheValueDialect)99 }));
        Assert.Throws<ArgumentException>(() => PoolOptions.From(new TypedCacheSettings { KeyTransformer = (TypedCacheKeyTransformer)99 }));
    }

    [Fact]
    public void Servers_have_the_addresses_and_names_that_a_connection_string_gives_them()
    {
        var settings = SettingsSourcesTests.SettingsOf(Apps.Create(settings:
        [
            ("ConnectionStrings:cache", "cache-1:11212 address=10.0.0.7 weight=2, cache-2 address=fd00::8, 10.0.0.9 name=third; spares=s address=10.0.0.10"),
        ]));

        Assert.Equal(["cache-1:11212 weight=2 address=10.0.0.7", "cache-2:11211 address=fd00::8", "10.0.0.9:11211 name=third"], settings.Servers);
        Assert.Equal(
            [
                new("cache-1", 11212, 2) { Address = IPAddress.Parse("10.0.0.7") },
                new("cache-2") { Address = IPAddress.Parse("fd00::8") },
                new("10.0.0.9") { HashName = "third" },
            ],
            PoolOptions.From(settings).Servers);
        Assert.Equal([new("s") { Address = IPAddress.Parse("10.0.0.10") }], PoolOptions.From(settings).Spares);
    }

    [Theory]
    [InlineData(TypedCacheHashStrategy.Ketama, PhpMemcachedDistribution.Ketama)]
    [InlineData(TypedCacheHashStrategy.Modula, PhpMemcachedDistribution.Modula)]
    [InlineData(TypedCacheHashStrategy.PhpConsistent, PhpMemcachedDistribution.Consistent)]
    [InlineData(TypedCacheHashStrategy.PhpConsistentUnweighted, PhpMemcachedDistribution.ConsistentUnweighted)]
    public void Strategies_of_php_memcached_place_keys_as_its_options_do(TypedCacheHashStrategy strategy, PhpMemcachedDistribution distribution)
    {
        Assert.Equal(RingOf(MemcachedPoolOptions.ForPhpMemcached(distribution)), RingOf(PoolOptions.From(new TypedCacheSettings { HashStrategy = strategy })));
        Assert.Equal(
            RingOf(MemcachedPoolOptions.ForPhpMemcached(distribution, sortHosts: true)),
            RingOf(PoolOptions.From(new TypedCacheSettings { HashStrategy = strategy, SortHosts = true })));
    }

    [Fact]
    public void Rendezvous_goes_with_CRC_32_whatever_the_preset()
    {
        var options = PoolOptions.From(new TypedCacheSettings { Preset = MemcachedPreset.PhpMemcached, HashStrategy = TypedCacheHashStrategy.Rendezvous });

        Assert.IsType<RendezvousHashStrategy>(options.HashStrategy([new("a", 1)], options.HashFunction));
        Assert.Same(HashFunctions.Crc32, options.HashFunction);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6_000_000_000)]
    public void Values_kept_in_the_process_take_as_much_memory_as_the_settings_say(long bytes) =>
        Assert.Equal(bytes, PoolOptions.From(new TypedCacheSettings { MaxNearBytes = bytes }).MaxNearBytes);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void So_many_audits_begin_as_the_settings_say(int limit) =>
        Assert.Equal(limit, PoolOptions.From(new TypedCacheSettings { MaxAuditsPerSecond = limit }).MaxAuditsPerSecond);

    [Fact]
    public void Servers_change_as_the_settings_say()
    {
        var settings = new TypedCacheSettings { ServerChanges = { WarmUp = TimeSpan.FromMinutes(5), Prepare = TimeSpan.FromMinutes(1), CleanUp = TimeSpan.Zero } };
        Assert.Equal(
            new ServerChangeOptions { WarmUp = TimeSpan.FromMinutes(5), Prepare = TimeSpan.FromMinutes(1), CleanUp = TimeSpan.Zero }, PoolOptions.From(settings).ServerChanges);
        Assert.Equal(new ServerChangeOptions(), PoolOptions.From(new TypedCacheSettings()).ServerChanges);
    }

    [Fact]
    public void Sick_servers_are_taken_out_as_the_settings_say()
    {
        Assert.Null(PoolOptions.From(new TypedCacheSettings { SickServers = { FailureRate = 0.1 } }).SickServers);

        var sick = PoolOptions.From(new TypedCacheSettings
        {
            SickServers = { Enabled = true, FailureRate = 0.1, Window = TimeSpan.FromSeconds(3), MinimumCalls = 4, MaxShareTakenOut = 0.2 },
        }).SickServers!;
        Assert.Equal((0.1, 3.0, 4, 0.2), (sick.FailureRate, sick.Window.TotalSeconds, sick.MinimumCalls, sick.MaxShareTakenOut));

        // What code leaves out is what settings leave out.
        var (defaults, unset) = (new SickServerOptions(), PoolOptions.From(new TypedCacheSettings { SickServers = { Enabled = true } }).SickServers!);
        Assert.Equal(
            (defaults.FailureRate, defaults.Window, defaults.MinimumCalls, defaults.MaxShareTakenOut),
            (unset.FailureRate, unset.Window, unset.MinimumCalls, unset.MaxShareTakenOut));
    }

    [Fact]
    public void Every_function_is_made()
    {
        foreach (var function in Enum.GetValues<TypedCacheHashFunction>())
        {
            Assert.NotNull(PoolOptions.From(new TypedCacheSettings { HashFunction = function }).HashFunction);
        }

        Assert.Throws<ArgumentException>(() => PoolOptions.From(new TypedCacheSettings { HashFunction = (TypedCacheHashFunction)99 }));
        Assert.Throws<ArgumentException>(() => PoolOptions.From(new TypedCacheSettings { HashStrategy = (TypedCacheHashStrategy)99 }));
    }

    private static void AssertSame(MemcachedPoolOptions expected, MemcachedPoolOptions options)
    {
        Assert.Equal(Values(expected), Values(options));
        Assert.Equal(expected.HashFunction.GetType(), options.HashFunction.GetType());
        Assert.IsType(StrategyOf(expected).GetType(), StrategyOf(options));
        if (StrategyOf(expected) is not RandomHashStrategy)
        {
            Assert.Equal(RingOf(expected), RingOf(options));
        }
    }

    private static object Values(MemcachedPoolOptions options) => (
        (options.AllowFailover, options.HashKeyPrefix, options.KeyPolicy, options.KeyPrefix, options.Protocol, options.Redundancy, options.OnServerFailure),
        (options.ConnectTimeout, options.OperationTimeout, options.RetryInterval, options.KeepAlive, options.ConnectionsPerServer, options.MaxQueuedBytes, options.MaxValueLength),
        (options.MaxNearBytes, options.MaxAuditsPerSecond, options.MaxMissedDeletes, options.OnMissedDeletesOverflow),
        (options.Compression.Threshold, options.Compression.MinimumSaving, options.Compression.MaxExpandedSize, options.Compression.MaxExpandedTogether),
        (options.ValueDialect, options.FailoverSequence, options.MaxFailoverAttempts, options.KeyTransformer));

    /// <summary>The name in connection strings: that of the enumeration, with a hyphen before each capital but the first.</summary>
    internal static string Kebab(MemcachedPreset preset) =>
        string.Concat(preset.ToString().Select(static (letter, at) => char.IsAsciiLetterUpper(letter) && at > 0 ? $"-{letter}" : $"{letter}")).ToLowerInvariant();

    // Addresses, since some clients hash them.
    private static IHashStrategy StrategyOf(MemcachedPoolOptions options) =>
        options.HashStrategy([new HashServer("10.0.0.3", 11211, 2), new HashServer("10.0.0.1", 11212, 1), new HashServer("10.0.0.2", 11213, 3)], options.HashFunction);

    private static string RingOf(MemcachedPoolOptions options)
    {
        var strategy = StrategyOf(options);
        return string.Concat(Enumerable.Range(0, 200).Select(i => strategy.Find(System.Text.Encoding.UTF8.GetBytes($"key-{i}"))));
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TypedCache.Hosting.Tests.Testing;

namespace TypedCache.Hosting.Tests.Settings;

/// <summary>What keeps an application from starting, word by word.</summary>
public sealed class ValidationTests
{
    private const string Secret = "s3cr3t";

    [Fact]
    public async Task Without_servers_the_start_fails_and_says_what_to_set() => Assert.Equal(
        "No memcached server is configured for the cache 'cache'. Set ConnectionStrings:cache or TypedCache:cache:ConnectionString, for example to \"cache-1:11211, cache-2:11211\". For embedded servers in this process, call UseInMemory().",
        await FailureAsync());

    [Fact]
    public async Task Without_a_name_there_is_one_path()
    {
        var builder = Apps.Create();
        builder.Services.AddTypedCache();

        Assert.Equal(
            "No memcached server is configured for the cache. Set TypedCache:ConnectionString, for example to \"cache-1:11211, cache-2:11211\". For embedded servers in this process, call UseInMemory().",
            await FailureAsync(builder));
    }

    [Theory]
    [InlineData("TypedCache:cache:OperationTimout", "00:00:01", "TypedCache:cache:OperationTimout is not a setting. Did you mean OperationTimeout?")]
    [InlineData("TypedCache:cache:ConectionString", "a", "TypedCache:cache:ConectionString is not a setting. Did you mean ConnectionString?")]
    [InlineData("TypedCache:OperationTimout", "00:00:01", "TypedCache:OperationTimout is not a setting. Did you mean OperationTimeout?")]
    [InlineData("TypedCache:Tsl:Enabled", "true", "TypedCache:Tsl is not a setting. Did you mean Tls?")]
    [InlineData("TypedCache:cahce:Redundancy", "2", "TypedCache:cahce is not a setting. Did you mean cache?")]
    [InlineData("TypedCache:cache:Tls:Enable", "true", "TypedCache:cache:Tls:Enable is not a setting. Did you mean Enabled?")]
    [InlineData("TypedCache:cache:Xyzzy", "1", "TypedCache:cache:Xyzzy is not a setting. Settings are: ConnectionString, Servers, Discovery, ")]
    [InlineData("TypedCache:cache:OperationTimeout", "soon", "'TypedCache:cache:OperationTimeout'")]
    [InlineData("TypedCache:cache:Preset", "redis", "'TypedCache:cache:Preset'")]
    [InlineData("TypedCache:cache:Preset", "redis", " Presets are: Default, Pecl, Pecl2, PhpMemcached, PhpMemcachedKetama, Enyim, Enyim2, ")]
    [InlineData("TypedCache:cache:Preset", "spymemcached-ketama", " Did you mean SpymemcachedKetama?")]
    [InlineData("TypedCache:cache:Preset", "dali", " Did you mean Dalli?")]
    [InlineData("TypedCache:cache:Servers", "a, b", "TypedCache:cache:Servers is a list, and has a text: write [ \"...\" ], or TypedCache:cache:Servers:0 for an environment variable.")]
    [InlineData("TypedCache:cache:ConnectionsPerServer", "17", "TypedCache:cache:ConnectionsPerServer must be between 1 and 16.")]
    [InlineData("TypedCache:cache:Redundancy", "0", "TypedCache:cache:Redundancy must be between 1 and 2147483647.")]
    [InlineData("TypedCache:cache:CompressionMinimumSaving", "2", "TypedCache:cache:CompressionMinimumSaving must be between 0 and 1.")]
    [InlineData("TypedCache:cache:OperationTimeout", "00:00:00", "ConnectionStrings:cache or TypedCache:cache: OperationTimeout has to be more than zero and less than 24 days.")]
    [InlineData("TypedCache:cache:MaxNearBytes", "-1", "ConnectionStrings:cache or TypedCache:cache: MaxNearBytes ('-1') must be a non-negative value.")]
    [InlineData("TypedCache:cache:MaxAuditsPerSecond", "-1", "TypedCache:cache:MaxAuditsPerSecond must be between 0 and 2147483647.")]
    [InlineData("TypedCache:cache:KeyPrefix", "a b", "ConnectionStrings:cache or TypedCache:cache: KeyPrefix 'a b' has byte 0x20 at position 1")]
    [InlineData("TypedCache:cache:Protocol", "99", "ConnectionStrings:cache or TypedCache:cache: Protocol is none of its values.")]
    [InlineData("TypedCache:cache:SortHosts", "true", "ConnectionStrings:cache or TypedCache:cache: SortHosts has no effect with the preset Default, whose client does not have it.")]
    [InlineData("TypedCache:cache:User", "u", "TypedCache:cache: User and Password go together, and only one of them is set.")]
    public async Task Mistakes_are_named_with_their_path(string key, string value, string expected) =>
        Assert.Contains(expected, await FailureAsync(("TypedCache:cache:ConnectionString", "a"), (key, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("ConnectionStrings:cache", "ConnectionStrings:cache: The connection string is malformed: 'timeut' is not a setting.")]
    [InlineData("TypedCache:cache:ConnectionString", "TypedCache:cache:ConnectionString: The connection string is malformed: 'timeut' is not a setting.")]
    [InlineData("TypedCache:ConnectionString", "TypedCache:ConnectionString: The connection string is malformed: 'timeut' is not a setting.")]
    public async Task A_malformed_connection_string_is_named_with_its_path(string key, string expected) =>
        Assert.StartsWith(expected, await FailureAsync((key, "a; timeut=1s")), StringComparison.Ordinal);

    [Fact]
    public async Task A_malformed_server_of_the_list_is_named() =>
        Assert.Contains("ConnectionStrings:cache or TypedCache:cache: The server list 'a:x' is malformed", await FailureAsync(("TypedCache:cache:Servers:0", "a:x")), StringComparison.Ordinal);

    [Fact]
    public async Task Missing_certificate_files_are_named() => Assert.Equal(
        "TypedCache:cache:Tls: the file '/nowhere/ca.pem' does not exist.",
        await FailureAsync(("ConnectionStrings:cache", "a; tls=true"), ("TypedCache:cache:Tls:TrustedAuthorityFiles:0", "/nowhere/ca.pem")));

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a"), ("TypedCache:cache:Redundancy", "0"), ("TypedCache:cache:OperationTimout", "1"), ("TypedCache:cache:ConnectionsPerServer", "99")]);
        builder.AddTypedCache("cache");
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(3, failure.Failures.Count());
    }

    [Fact]
    public async Task The_section_of_another_application_is_no_mistake()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a"), ("TypedCache:reports:Redundancy", "2")]);
        builder.AddTypedCache("cache");
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Without_a_host_the_pool_says_the_same()
    {
        var services = new ServiceCollection();
        services.AddTypedCache();
        using var provider = services.BuildServiceProvider();

        Assert.Contains("Set TypedCache:ConnectionString", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<MemcachedPool>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_may_be_the_only_one_to_know_the_servers()
    {
        var builder = Apps.Create();
        builder.AddTypedCache("cache").ConfigurePool(static (_, options) => options.AddServers("a:11212"));
        using var host = builder.Build();

        Assert.Equal("a:11212", host.Services.GetRequiredService<MemcachedPool>().Servers.Single().Name);
    }

    [Theory]
    [InlineData("ConnectionStrings:cache", "a; user=u; password=s3cr3t; timeout=soon")]
    [InlineData("ConnectionStrings:cache", "a; user=u; password=x;s3cr3t")]
    [InlineData("ConnectionStrings:cache", "memcached://u:s3cr3t@a:0")]
    [InlineData("TypedCache:cache:Servers:0", "u:s3cr3t@a")]
    [InlineData("TypedCache:cache:Password", "s3cr3t with a blank")]
    [InlineData("TypedCache:cache:Pasword", "s3cr3t")]
    public async Task No_message_and_no_log_shows_the_password(string key, string value)
    {
        var builder = Apps.Create(settings: [("TypedCache:ConnectionString", "a"), ("TypedCache:User", "u"), ("TypedCache:Password", Secret), (key, value)]);
        builder.AddTypedCache("cache");
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.All(host.Log().All, static entry => Assert.DoesNotContain(Secret, entry.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_and_pools_as_text_show_no_password()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", $"memcached://u:{Secret}@a")]);
        builder.AddTypedCache("cache");
        using var host = builder.Build();
        var settings = host.Services.GetRequiredService<IOptions<TypedCacheSettings>>().Value;
        var pool = host.Services.GetRequiredService<MemcachedPool>();

        Assert.Equal(Secret, settings.Password);
        Assert.DoesNotContain(Secret, $"{settings} {pool} {pool.Servers[0]}", StringComparison.Ordinal);
    }

    private static async Task<string> FailureAsync(params (string Key, string Value)[] settings)
    {
        var builder = Apps.Create(settings: settings);
        builder.AddTypedCache("cache");
        return await FailureAsync(builder);
    }

    private static async Task<string> FailureAsync(HostApplicationBuilder builder)
    {
        using var host = builder.Build();
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message;
    }
}

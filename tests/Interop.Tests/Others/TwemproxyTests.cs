using TypedCache.Integration.Tests.Connecting;
using TypedCache.Values;

namespace TypedCache.Interop.Tests.Others;

/// <summary>A twemproxy that is taken away: what was written through it is found without it, and the other way round.</summary>
public class TwemproxyTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<TwemproxySetup> Setups => [.. TwemproxySetup.All];

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task A_pool_finds_what_the_proxy_stored_and_the_proxy_what_the_pool_stored(TwemproxySetup setup)
    {
        using var servers = new FiveServers(weighted: true, i => setup.NameOf(i));
        using var proxy = TwemproxyProcess.Start(setup.Settings, servers.List.Select(server => $"{server.Host}:{server.Port}:{server.Weight} {server.HashName}"));
        await using var through = MemcachedPool.Connect(new MemcachedPoolOptions
        {
            Servers = [new MemcachedServerOptions("127.0.0.1", proxy.Port)],
            ConnectTimeout = TimeSpan.FromSeconds(20),
            OperationTimeout = TimeSpan.FromSeconds(20),
        });
        await using var direct = servers.Connect(setup.CreateOptions());

        await AssertFoundAsync("through", through, direct);
        await AssertFoundAsync("direct", direct, through);

        output.WriteLine($"twemproxy {setup}: {SharedKeys.Count} values which it stored were found without it, and as many the other way round");

        async Task AssertFoundAsync(string word, MemcachedPool writer, MemcachedPool reader)
        {
            var names = SharedKeys.Named(word, OtherKeys.Make(word, prefix: "", isAscii: false));
            await Task.WhenAll(names.Select(name => writer.SetAsync(name, $"value of {name}", CacheCodecs.String, cancellationToken: Cancel).AsTask()));
            var found = await Task.WhenAll(names.Select(name => reader.GetAsync(name, CacheCodecs.String, Cancel).AsTask()));
            Assert.Equal(names.Select(name => $"value of {name}"), found);
        }
    }
}

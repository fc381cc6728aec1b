using System.Net;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>Under what names the rings of other clients have servers.</summary>
public class ServerNameTests
{
    private static readonly IPAddress Seven = IPAddress.Parse("10.0.0.7");

    // The presets whose rings hang on addresses.
    private static readonly Dictionary<string, Func<MemcachedPoolOptions>> Addressed = new()
    {
        ["enyim"] = () => MemcachedPoolOptions.ForEnyim(),
        ["enyim, legacy"] = () => MemcachedPoolOptions.ForEnyim(EnyimLocator.Legacy),
        ["enyim2"] = () => MemcachedPoolOptions.ForEnyim2(),
        ["enyim2, ketama"] = () => MemcachedPoolOptions.ForEnyim2(Enyim2Locator.Ketama),
        ["spymemcached"] = () => MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama),
        ["xmemcached"] = () => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Ketama),
        ["xmemcached, nginx"] = () => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.KetamaNginxUpstream),
        ["xmemcached, election"] = () => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Election),
    };

    private static readonly MemcachedPreset[] Twemproxies = [MemcachedPreset.Twemproxy, MemcachedPreset.TwemproxyModula, MemcachedPreset.TwemproxyRandom];

    public static TheoryData<string> AddressedNames => [.. Addressed.Keys];

    [Theory]
    [InlineData("10.0.0.7", 11211, "10.0.0.7:11211", "10.0.0.7:11211", "/10.0.0.7:11211", "10.0.0.7", "10.0.0.7")]
    [InlineData("10.0.0.7", 1, "10.0.0.7:1", "10.0.0.7:1", "/10.0.0.7:1", "10.0.0.7:1", "10.0.0.7:1")]
    [InlineData("[::1]", 11211, "[::1]:11211", "::1:11211", "/[0:0:0:0:0:0:0:1]:11211", "[::1]", "0:0:0:0:0:0:0:1")]
    [InlineData("[FE80::ab:1]", 1, "[fe80::ab:1]:1", "FE80::ab:1:1", "/[fe80:0:0:0:0:0:ab:1]:1", "[FE80::ab:1]:1", "fe80:0:0:0:0:0:ab:1:1")]
    [InlineData("[::ffff:10.0.0.7]", 1, "[::ffff:10.0.0.7]:1", "::ffff:10.0.0.7:1", "/10.0.0.7:1", "[::ffff:10.0.0.7]:1", "10.0.0.7:1")]
    [InlineData("cache-1", 1, "10.0.0.9:1", "cache-1:1", "cache-1/10.0.0.9:1", "cache-1:1", "10.0.0.9:1")]
    public void Each_client_has_a_form_of_its_own(string host, int port, string enyim, string dalli, string xmemcached, string libmemcached, string nginx)
    {
        var server = new HashServer(host, port) { Address = IPAddress.Parse("10.0.0.9") };
        Assert.Equal(
            (enyim, dalli, xmemcached, xmemcached.TrimStart('/'), libmemcached, nginx),
            (ServerNames.EndPoint(server), ServerNames.HostAndPort(server), ServerNames.JavaSocketAddress(server), ServerNames.JavaSocketAddressUnslashed(server),
                ServerNames.WithoutUsualPort(server), ServerNames.AddressWithoutUsualPort(server)));
    }

    [Fact]
    public void Names_that_are_not_resolved_say_so()
    {
        var (name, address) = (new HashServer("cache-1", 1) { Address = Seven }, new HashServer("10.0.0.7", 1));
        Assert.Equal(("Unspecified/cache-1:1", "Unspecified/10.0.0.7:1"), (ServerNames.UnresolvedEndPoint(name), ServerNames.UnresolvedEndPoint(address)));
        Assert.Equal(("Unspecified/cache-1:1", "10.0.0.7:1"), (ServerNames.EndPointAsGiven(name), ServerNames.EndPointAsGiven(address)));
        Assert.Equal(("cache-1/<unresolved>:1", "10.0.0.7:1"), (ServerNames.UnresolvedJavaSocketAddress(name), ServerNames.UnresolvedJavaSocketAddress(address)));
    }

    [Fact]
    public void A_socket_is_called_by_its_path_where_a_client_has_sockets() =>
        Assert.Equal("/run/memcached.sock", ServerNames.HostAndPort(new HashServer("unix:///run/memcached.sock", 0)));

    [Theory]
    [MemberData(nameof(AddressedNames))]
    public void A_name_needs_an_address_where_the_ring_hangs_on_it(string preset)
    {
        var options = Addressed[preset]();
        var strategy = (HashServer server) => options.HashStrategy([new HashServer("10.0.0.1", 11211), server], options.HashFunction);
        var refused = Assert.Throws<ArgumentException>(() => strategy(new HashServer("cache-1", 11212))).Message;
        Assert.Contains("cache-1:11212 has a name", refused, StringComparison.Ordinal);
        Assert.Contains("MemcachedServerOptions.Address", refused, StringComparison.Ordinal);
        Assert.Contains("'cache-1:11212 address=10.0.0.7'", refused, StringComparison.Ordinal);
        Assert.Contains("Unix domain socket", Assert.Throws<ArgumentException>(() => strategy(new HashServer("unix:///run/x", 0))).Message, StringComparison.Ordinal);

        Assert.True(Assert.IsType<IAddressedStrategy>(strategy(new HashServer("cache-1", 11212) { Address = Seven }), exactMatch: false).UsesAddresses);
        Assert.Contains("cache-1:11212 has a name", Assert.Throws<ArgumentException>(() => Connect(options, "10.0.0.1, cache-1:11212")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AddressedNames))]
    public async Task A_pool_follows_another_address_where_the_ring_hangs_on_it(string preset)
    {
        await using var pool = Connect(Addressed[preset](), "cache-1 address=10.0.0.1, cache-2 address=10.0.0.2, cache-3 address=10.0.0.3");
        await using var fresh = Connect(Addressed[preset](), "cache-1 address=10.0.0.1, cache-2 address=10.0.7.2, cache-3 address=10.0.0.3");
        var before = Homes(pool);
        Assert.NotEqual(before, Homes(fresh));

        await pool.UpdateServersAsync("cache-1 address=10.0.0.1, cache-2 address=10.0.7.2, cache-3 address=10.0.0.3", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Homes(fresh), Homes(pool));
        Assert.Equal(2, pool.TopologyVersion);
    }

    [Fact]
    public async Task Elsewhere_a_server_with_another_address_is_the_same()
    {
        await using var pool = Connect(MemcachedPoolOptions.ForDalli(), "cache-1 address=10.0.0.1, cache-2");
        var before = Homes(pool);
        await pool.UpdateServersAsync("cache-1 address=10.0.7.1, cache-2", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((1, IPAddress.Parse("10.0.7.1")), (pool.TopologyVersion, pool.Servers[0].Address));
        Assert.Equal(before, Homes(pool));
    }

    [Fact]
    public async Task A_pool_follows_another_hash_name()
    {
        await using var pool = Connect(MemcachedPoolOptions.ForTwemproxy(), "10.0.0.1 name=a, 10.0.0.2 name=b");
        await using var fresh = Connect(MemcachedPoolOptions.ForTwemproxy(), "10.0.0.1 name=b, 10.0.0.2 name=a");
        await pool.UpdateServersAsync("10.0.0.1 name=b, 10.0.0.2 name=a", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Homes(fresh), Homes(pool));
        Assert.Equal(2, pool.TopologyVersion);
    }

    [Fact]
    public void Only_twemproxy_takes_a_hash_name()
    {
        HashServer[] servers = [new("10.0.0.1", 11211), new("10.0.0.2", 11211) { HashName = "cache-2" }];
        foreach (var preset in Enum.GetValues<MemcachedPreset>())
        {
            var options = MemcachedPoolOptions.For(preset);
            if (Twemproxies.Contains(preset))
            {
                Assert.InRange(options.HashStrategy(servers, options.HashFunction).Find("key"u8), 0, 1);
            }
            else
            {
                var refused = Assert.Throws<ArgumentException>(() => options.HashStrategy(servers, options.HashFunction)).Message;
                Assert.Contains("10.0.0.2:11211 has the hash name 'cache-2'", refused, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public void A_hash_name_without_sense_is_refused(string name)
    {
        var options = MemcachedPoolOptions.ForTwemproxy();
        options.Servers.Add(new MemcachedServerOptions("10.0.0.1") { HashName = name });
        Assert.Contains("is not valid", Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    // twemproxy sorts by the length of the name first.
    [Fact]
    public void Under_modula_the_order_of_the_names_counts_and_not_that_of_the_list()
    {
        var options = MemcachedPoolOptions.ForTwemproxy(TwemproxyDistribution.Modula);
        HashServer[] servers = [new("10.0.0.10", 11211), new("10.0.0.9", 11212), new("10.0.0.2", 11211, 2), new("10.0.0.1", 11211)];
        int[] order = [3, 2, 2, 0, 1];
        var strategy = options.HashStrategy(servers, new Counting());
        Assert.Equal(order, Enumerable.Range(0, order.Length).Select(i => strategy.Find([(byte)i])));
    }

    private static MemcachedPool Connect(MemcachedPoolOptions options, string servers) => MemcachedPool.Connect(options.AddServers(servers));

    private static string[] Homes(MemcachedPool pool) => [.. Enumerable.Range(0, 200).Select(i => pool.FindServer($"key:{i}").Name)];

    private sealed class Counting : IHashFunction
    {
        public uint Hash(ReadOnlySpan<byte> bytes) => bytes[0];
    }
}

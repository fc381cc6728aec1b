using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

public class ConnectionStringTests
{
    private const string Secret = "s3cr3t";

    [Fact]
    public void A_list_of_servers_is_one()
    {
        var parsed = MemcachedConnectionString.Parse("cache-1:11212 weight=2, [::1], unix:/run/memcached.sock");

        Assert.Equal(["cache-1:11212", "[::1]:11211", "unix:///run/memcached.sock:0"], parsed.Servers.Select(server => server.Name));
        Assert.Equal(2, parsed.Servers[0].Weight);
        Assert.Equal(
            [null, null, null, null, null, null, null, null],
            new object?[] { parsed.Preset, parsed.User, parsed.Password, parsed.Tls, parsed.KeyPrefix, parsed.OperationTimeout, parsed.ConnectionsPerServer, parsed.OnServerFailure });
    }

    [Fact]
    public void Settings_stand_behind_the_servers()
    {
        var options = MemcachedConnectionString.Parse(
            """cache-1:11211 weight=2, cache-2; tls=true; user=shop; password="p;,\"x"; timeout=200ms; prefix=shop:; preset=pecl;""").ToOptions();

        Assert.Equal([new MemcachedServerOptions("cache-1", 11211, 2), new MemcachedServerOptions("cache-2")], options.Servers);
        Assert.Equal(new MemcachedCredentials("shop", "p;,\"x"), options.Credentials);
        Assert.NotNull(options.Tls);
        Assert.Equal(TimeSpan.FromMilliseconds(200), options.OperationTimeout);
        Assert.Equal("shop:", options.KeyPrefix);
        Assert.Equal(KeyPolicy.Pecl, options.KeyPolicy);
    }

    [Fact]
    public void All_other_settings_are_read()
    {
        var options = MemcachedConnectionString.Parse(
            "a; Connect-Timeout = 2s; retry-interval=never;keepalive=1m30s; connections=4; redundancy=2; failover=false; on-failure=Miss; protocol=classic; preset=php-memcached-ketama").ToOptions();

        Assert.Equal(TimeSpan.FromSeconds(2), options.ConnectTimeout);
        Assert.Equal(Timeout.InfiniteTimeSpan, options.RetryInterval);
        Assert.Equal(TimeSpan.FromSeconds(90), options.KeepAlive);
        Assert.Equal((4, 2, false), (options.ConnectionsPerServer, options.Redundancy, options.AllowFailover));
        Assert.Equal(ServerFailurePolicy.Miss, options.OnServerFailure);
        Assert.Equal(MemcachedProtocol.Classic, options.Protocol);
        Assert.Same(ValueDialect.PhpMemcached, options.ValueDialect);
        Assert.IsType<Md5HashFunction>(options.HashFunction);
    }

    [Theory]
    [InlineData("a; hash=rendezvous", typeof(RendezvousHashStrategy))]
    [InlineData("memcached://a?hash-strategy=Rendezvous", typeof(RendezvousHashStrategy))]
    [InlineData("a; hash=standard; preset=php-memcached-ketama", typeof(StandardHashStrategy))]
    [InlineData("a; preset=pecl2; hash=consistent", typeof(ConsistentHashStrategy))]
    public void A_hash_strategy_takes_the_place_of_the_presets(string text, Type expected)
    {
        var options = MemcachedConnectionString.Parse(text).ToOptions();

        Assert.IsType(expected, options.HashStrategy([new("a", 1)], options.HashFunction));
        Assert.Same(HashFunctions.Crc32, options.HashFunction);
    }

    [Fact]
    public void Spares_are_written_as_servers_are()
    {
        var options = MemcachedConnectionString.Parse("a; spares=s:11212 weight=2, [::1]; spare-expiry=5s").ToOptions();
        Assert.Equal([new("s", 11212, 2), new("[::1]")], options.Spares);
        Assert.Equal(TimeSpan.FromSeconds(5), options.SpareExpiry);
        Assert.Equal(["s:11211", "t:11212"], MemcachedConnectionString.Parse("memcached://a/?spares=s,t:11212").ToOptions().Spares.Select(static spare => spare.Name));
        Assert.Empty(MemcachedConnectionString.Parse("a").ToOptions().Spares);

        Assert.Contains("'spares': The server list 's:x' is malformed at position 2", MistakeIn("a; spares=s:x"), StringComparison.Ordinal);
        Assert.Contains("'spares' is given twice", MistakeIn("a; spares=s; spares=t"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", MistakeIn("a; user=u; password=x; spares=s3cr3t:x"), StringComparison.Ordinal);

        static string MistakeIn(string text) => Assert.Throws<ArgumentException>(() => MemcachedConnectionString.Parse(text)).Message;
    }

    [Fact]
    public void A_preset_keeps_what_the_text_does_not_say()
    {
        Assert.False(MemcachedConnectionString.Parse("a; preset=php-memcached").ToOptions().AllowFailover);
        Assert.True(MemcachedConnectionString.Parse("a; preset=php-memcached; failover=true").ToOptions().AllowFailover);
        Assert.Same(FailoverSequence.Pecl2, MemcachedConnectionString.Parse("a; preset=pecl-2").ToOptions().FailoverSequence);
        Assert.Equal(KeyPolicy.Reject, MemcachedConnectionString.Parse("a; preset=default").ToOptions().KeyPolicy);
    }

    [Fact]
    public void A_URI_says_the_same()
    {
        var options = MemcachedConnectionString.Parse("memcached://shop:p%3A%40%2F%C3%A4@host1:11212,[::1],host2/shop%20?tls=true&timeout=200ms&preset=pecl").ToOptions();

        Assert.Equal(["host1:11212", "[::1]:11211", "host2:11211"], options.Servers.Select(server => server.Name));
        Assert.Equal(new MemcachedCredentials("shop", "p:@/ä"), options.Credentials);
        Assert.Equal("shop ", options.KeyPrefix);
        Assert.NotNull(options.Tls);
        Assert.Equal(TimeSpan.FromMilliseconds(200), options.OperationTimeout);
        Assert.Equal(KeyPolicy.Pecl, options.KeyPolicy);
    }

    [Theory]
    [InlineData("memcached://a", false)]
    [InlineData("MEMCACHEDS://a/", true)]
    public void The_scheme_says_whether_connections_are_encrypted(string text, bool isSecure)
    {
        var options = MemcachedConnectionString.Parse(text).ToOptions();

        Assert.Equal(isSecure, options.Tls is not null);
        Assert.Equal("", options.KeyPrefix);
    }

    [Theory]
    [InlineData("password='a;b'", "a;b")]
    [InlineData("password='a\"b'", "a\"b")]
    [InlineData("""password="a\\b\"c\'d" """, """a\b"c'd""")]
    [InlineData("password=a\"b,c=d", "a\"b,c=d")]
    [InlineData("password =  a b ", "a b")]
    public void Passwords_may_hold_anything(string setting, string password) =>
        Assert.Equal(password, MemcachedConnectionString.Parse($"a; user=u; {setting}; timeout=1s").Password);

    [Theory]
    [InlineData("timeout=1s", "it begins with a setting. Servers come first: cache-1:11211, cache-2;")]
    [InlineData("a; timeut=1s", "'timeut' is not a setting. Settings are: user, password, tls, prefix, preset,")]
    [InlineData("a; timeout", "'timeout' is not a setting. Write name=value behind a semicolon; servers are separated by commas")]
    [InlineData("a:11211; b:11211", "'b:11211' is not a setting. Write name=value behind a semicolon; servers are separated by commas")]
    [InlineData("a; timeout=200", "'timeout' is '200'. Write a time such as 200ms, 2s, 1m30s, or never.")]
    [InlineData("a; timeout=", "'timeout' is ''. Write a time")]
    [InlineData("a; timeout=1x", "Write a time")]
    [InlineData("a; timeout=99999999999999999999s", "Write a time")]
    [InlineData("a; timeout=9999999999d9999999999d", "Write a time")]
    [InlineData("a; tls=yes", "'tls' is 'yes'. Write true or false.")]
    [InlineData("a; preset=redis", "'preset' is 'redis'. Write default, pecl, pecl2, php-memcached, php-memcached-ketama, enyim, enyim2, enyim2-ketama, pymemcache, python-memcached, dalli, spymemcached, spymemcached-ketama, xmemcached, xmemcached-ketama, gomemcache, memjs, node-memcached, twemproxy, twemproxy-modula or twemproxy-random.")]
    [InlineData("a; hash=ketama", "'hash' is 'ketama'. Write consistent, standard or rendezvous.")]
    [InlineData("a; hash=standard; hash-strategy=standard", "'hash-strategy' is given twice.")]
    [InlineData("a; protocol=binary", "Write auto, meta or classic.")]
    [InlineData("a; on-failure=ignore", "Write throw or miss.")]
    [InlineData("a; connections=-1", "Write a whole number.")]
    [InlineData("a; timeout=1s; timeout=2s", "'timeout' is given twice.")]
    [InlineData("a; operation-timeout=1s; timeout=2s", "'timeout' is given twice.")]
    [InlineData("a; user=u", "it has a user and no password.")]
    [InlineData("a; password=p", "it has a password and no user.")]
    [InlineData("a; user=\"u; password=p", "the value of 'user' has no closing \"")]
    [InlineData("a; user=\"u\"v; password=p", "the value of 'user' goes on behind its closing \"")]
    [InlineData("memcacheds://a?tls=false", "'tls' is given twice.")]
    [InlineData("memcached://", "the host is missing. Write memcached://cache-1:11211,cache-2; for a Unix socket the form without scheme")]
    [InlineData("memcached:///run/memcached.sock", "the host is missing.")]
    [InlineData("memcached://a#b", "it has a '#'.")]
    [InlineData("memcached://a/%2", "the prefix has a % without two hexadecimal digits behind it")]
    [InlineData("memcached://a/%ff", "the prefix has a %")]
    [InlineData("memcached://a?timeout", "'timeout' is not a setting.")]
    [InlineData("memcached://a?timeout=%zz", "the value of 'timeout' has a %")]
    [InlineData("memcached://a weight=", "what stands for the servers is not host:port")]
    [InlineData("memcached://a:0", "what stands for the servers is not host:port")]
    public void Mistakes_name_the_part_and_the_fix(string text, string expected)
    {
        var mistake = Assert.Throws<ArgumentException>(() => MemcachedConnectionString.Parse(text));

        Assert.StartsWith("The connection string is malformed: ", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(mistake.Message, Assert.Throws<ArgumentException>(() => MemcachedPool.Connect(text)).Message);
    }

    [Theory]
    [InlineData("config:cache.example:11211", "config:cache.example:11211", "")]
    [InlineData("dns+cache.example:11211; timeout=1s", "dns+cache.example:11211", "")]
    [InlineData("a:1, CONFIG:cache.example , b:2", "CONFIG:cache.example", "a:1,b:2")]
    [InlineData("memcacheds://config:cache.example:11211/shop:", "config:cache.example:11211", "")]
    [InlineData("memcached://user:p@dns+cache.example,a:1", "dns+cache.example", "a:1")]
    public void A_source_may_stand_in_the_place_of_a_server(string text, string source, string servers)
    {
        var parsed = MemcachedConnectionString.Parse(text);
        Assert.Equal(source, parsed.Discovery);
        Assert.Equal(servers, string.Join(',', parsed.Servers.Select(static server => server.Name)));
        Assert.StartsWith(source, parsed.ToString(), StringComparison.Ordinal);
        Assert.Equal(ServerDiscovery.Parse(source).ToString(), parsed.ToOptions().Discovery!.ToString());
        parsed.ToOptions().Validate();
    }

    [Theory]
    [InlineData("DNSSRV+_memcached._tcp.cache.example; timeout=1s", "needs the package TypedCache.Discovery.Dns")]
    [InlineData("config:a, dns+b", "it names two sources of servers. A pool follows one.")]
    [InlineData("config:a:0", "'0' is not a port")]
    [InlineData("config:a weight=2", "is not an endpoint. Write one host:port.")]
    public void A_source_that_cannot_be_followed_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => MemcachedConnectionString.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("config:cache.example:11211")]
    [InlineData("a, dns+b")]
    public void A_list_of_servers_alone_takes_no_source(string text) =>
        Assert.Contains(
            "names a source of servers, not a server. Give it alone",
            Assert.Throws<ArgumentException>(() => new MemcachedPoolOptions().AddServers(text)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("a; user=u; password=x;s3cr3t")]
    [InlineData("a; user=u; password=x;s3cr3t=1")]
    [InlineData("a; user=u; password=x;timeout=s3cr3t")]
    [InlineData("a; user=u; password=x;s3cr3t=\"1")]
    [InlineData("a; user=u; password=x;s3cr3t=\"1\"2")]
    [InlineData("a; user=u; password=\"s3cr3t")]
    [InlineData("a; user=u; password=\"x\"s3cr3t\"")]
    [InlineData("a; password=s3cr3t")]
    [InlineData("a; user=u; password=s3cr3t; password=s3cr3t")]
    [InlineData("a; user=u; password=s3cr3t; nonsense=1")]
    [InlineData("password=s3cr3t; a")]
    [InlineData("a password=s3cr3t")]
    [InlineData("user:s3cr3t@a:11211")]
    [InlineData("user:x@s3cr3t@a:11211:2")]
    [InlineData("tcp://user:s3cr3t@a")]
    [InlineData("memcached://user:s3cr3t")]
    [InlineData("memcached://user:x/s3cr3t@a")]
    [InlineData("memcached://user:x?s3cr3t@a")]
    [InlineData("memcached://user:x#s3cr3t@a")]
    [InlineData("memcached://user:s3cr3t%@a")]
    [InlineData("memcached://user:s3cr3t@a:0")]
    [InlineData("memcached://user:s3cr3t@a?nonsense=1")]
    [InlineData("memcached://user:s3cr3t@a?password=s3cr3t")]
    [InlineData("memcached://:s3cr3t@")]
    public void No_mistake_shows_the_password(string text)
    {
        var mistake = Assert.Throws<ArgumentException>(() => MemcachedConnectionString.Parse(text));

        Assert.DoesNotContain(Secret, mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_for_logs_shows_no_password()
    {
        Assert.Equal("a:1, b:2; user=shop; password=***", MemcachedConnectionString.Parse($"memcached://shop:{Secret}@a:1,b:2").ToString());
        Assert.Equal("a:1", MemcachedConnectionString.Parse("a:1;timeout=1s").ToString());
        Assert.Equal("shop", MemcachedConnectionString.Parse($"a; user=shop; password={Secret}").ToOptions().Credentials!.ToString());
    }

    [Fact]
    public void A_host_with_a_login_is_refused_without_showing_it()
    {
        var options = new MemcachedPoolOptions();
        options.Servers.Add(new MemcachedServerOptions($"user:{Secret}@a"));
        var mistake = Assert.Throws<ArgumentException>(options.Validate);

        Assert.Contains("***@a", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_is_made_of_one()
    {
        await using var pool = MemcachedPool.Connect("memcached://a:11212,b/shop:?retry-interval=3s");

        Assert.Equal(["a:11212", "b:11211"], pool.Servers.Select(server => server.Name));
        Assert.Equal(TimeSpan.FromSeconds(3), pool.Servers[0].RetryInterval);
        Assert.Equal(250 - "shop:".Length, pool.MaxKeyLength);
    }
}

using System.Net;
using TypedCache.Pool;

namespace TypedCache.Tests.Pool;

public class ServerListTests
{
    [Theory]
    [InlineData("cache-1", "cache-1", 11211, 1)]
    [InlineData("cache-1:11212", "cache-1", 11212, 1)]
    [InlineData("  cache-1:11212\tweight=3 ", "cache-1", 11212, 3)]
    [InlineData("cache-1 weight=2", "cache-1", 11211, 2)]
    [InlineData("10.0.0.1:1", "10.0.0.1", 1, 1)]
    [InlineData("10.0.0.1:65535", "10.0.0.1", 65535, 1)]
    [InlineData("[::1]", "[::1]", 11211, 1)]
    [InlineData("[fe80::1]:11212 weight=7", "[fe80::1]", 11212, 7)]
    [InlineData("unix:/run/memcached.sock", "unix:///run/memcached.sock", 0, 1)]
    [InlineData("unix:///run/memcached.sock weight=2", "unix:///run/memcached.sock", 0, 2)]
    public void One_server_is_read(string text, string host, int port, int weight) =>
        Assert.Equal([new MemcachedServerOptions(host, port, weight)], ServerList.Parse(text));

    [Theory]
    [InlineData("10.0.0.7", "10.0.0.7")]
    [InlineData("::1", "::1")]
    [InlineData("[fe80::7]", "fe80::7")]
    public void A_server_has_the_address_that_stands_behind_it(string text, string address) => Assert.Equal(
        [new MemcachedServerOptions("cache-1", 11212, 2) { Address = IPAddress.Parse(address) }], ServerList.Parse($"cache-1:11212 weight=2 address={text}"));

    [Fact]
    public void A_server_has_the_hash_name_that_stands_behind_it() =>
        Assert.Equal([new MemcachedServerOptions("cache-1") { HashName = "Größe:1" }], ServerList.Parse("cache-1 name=Größe:1"));

    [Fact]
    public void Servers_keep_their_order() =>
        Assert.Equal(["b:11211", "a:2", "unix:///s:0", "[::1]:3"], ServerList.Parse("b,a:2 , unix:/s,[::1]:3").Select(server => server.Name));

    [Theory]
    [InlineData("", 0, "a server is missing")]
    [InlineData("   ", 3, "a server is missing")]
    [InlineData("a,,b", 2, "a server is missing")]
    [InlineData("a, ", 3, "a server is missing")]
    [InlineData(":11211", 0, "the host is missing")]
    [InlineData("a:", 2, "'' is not a port")]
    [InlineData("a:0", 2, "'0' is not a port")]
    [InlineData("a:65536", 2, "'65536' is not a port")]
    [InlineData("a:+1", 2, "'+1' is not a port")]
    [InlineData("ok, a:x", 6, "'x' is not a port")]
    [InlineData("::1", 0, "[::1]:11211")]
    [InlineData("[::1", 0, "not an IPv6 address in brackets")]
    [InlineData("[nonsense]:1", 0, "not an IPv6 address in brackets")]
    [InlineData("[::1]11211", 5, "a colon is missing")]
    [InlineData("[::1]:x", 6, "'x' is not a port")]
    [InlineData("a weight=0", 9, "'0' is not a weight")]
    [InlineData("a weight=", 9, "'' is not a weight")]
    [InlineData("a weight=-1", 9, "'-1' is not a weight")]
    [InlineData("a b", 2, "'b' is not a server option")]
    [InlineData("a Weight=2", 2, "The options are weight=N, zone=NAME")]
    [InlineData("a address=", 10, "'' is not an address")]
    [InlineData("a address=b", 10, "'b' is not an address")]
    [InlineData("a address=10.7", 10, "'10.7' is not an address")]
    [InlineData("a address=10.0.0.7:11211", 10, "without a port")]
    [InlineData("a address=[::1]:11211", 10, "without a port")]
    [InlineData("a name=", 7, "'' is not a name")]
    [InlineData("unix:run/memcached.sock", 0, "not absolute")]
    [InlineData("unix:/", 0, "not absolute")]
    [InlineData("a;b", 0, "Write commas: a:11211, b:11211.")]
    [InlineData("ok, a:1;b:2", 4, "';'")]
    [InlineData("a|b", 0, "Write commas")]
    [InlineData("tcp://a:1", 0, "server has no scheme. Write host:port")]
    [InlineData("memcached://a", 0, "no scheme")]
    [InlineData("a/b:1", 0, "'/' cannot be in a name")]
    [InlineData("user@a:1", 0, "'@' cannot be in a name")]
    [InlineData("a\0b:1", 0, "U+0000")]
    public void A_malformed_list_names_position_and_fix(string text, int position, string expected)
    {
        var malformed = Assert.Throws<ArgumentException>(() => ServerList.Parse(text));
        Assert.DoesNotContain('\0', malformed.Message);
        Assert.Contains($"malformed at position {position}: ", malformed.Message, StringComparison.Ordinal);
        Assert.Contains(expected, malformed.Message, StringComparison.Ordinal);
    }
}

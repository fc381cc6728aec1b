using System.Net;
using System.Text;
using TypedCache.Discovery;
using TypedCache.Tests.Fuzz;

namespace TypedCache.Tests.Discovery;

public class ConfigReplyTests(ITestOutputHelper output)
{
    private const string Two = "12\nh1.x.cache.example|10.82.235.120|11211 h2.x.cache.example|10.80.249.27|11212\n";

    private static readonly string[] Words = ["\r\n", "END\r\n", "|", "||", " ", "\n", "CONFIG cluster 0 ", "VALUE AmazonElastiCache:cluster 0 ", "0", "99999999999", "[::1]"];

    [Fact]
    public void The_documented_answer_is_read()
    {
        var list = Read(Config(Two))!;
        Assert.Equal(12, list.Version);
        Assert.Equal(
            [
                new MemcachedServerOptions("h1.x.cache.example") { Address = IPAddress.Parse("10.82.235.120") },
                new MemcachedServerOptions("h2.x.cache.example", 11212) { Address = IPAddress.Parse("10.80.249.27") },
            ],
            list.Servers);
    }

    [Fact]
    public void The_answer_of_an_old_engine_is_read() =>
        Assert.Equal(2, Read($"VALUE AmazonElastiCache:cluster 0 {Two.Length}\r\n{Two}\r\nEND\r\n")!.Servers.Count);

    [Theory]
    [InlineData("h||11211", "h", null)]
    [InlineData("10.0.0.1|10.0.0.1|11211", "10.0.0.1", null)]
    [InlineData("h|2001:db8::1|11211", "h", "2001:db8::1")]
    [InlineData("2001:DB8::1|2001:db8::1|11211", "[2001:db8::1]", null)]
    [InlineData("[2001:db8::1]||11211", "[2001:db8::1]", null)]
    public void Addresses_may_be_missing_or_of_IPv6(string node, string host, string? address)
    {
        var server = Assert.Single(Read(Config($"1\n{node}\n"))!.Servers);
        Assert.Equal((host, 11211), (server.Host, server.Port));
        Assert.Equal(address, server.Address?.ToString());
        server.Validate();
    }

    [Fact]
    public void A_node_that_is_named_twice_counts_once() =>
        Assert.Equal(["a:1", "b:1", "a:2"], Read(Config("1\na|10.0.0.1|1 b||1 a|10.0.0.2|1 a||2\n"))!.Servers.Select(static server => server.Name));

    [Fact]
    public void An_empty_list_and_one_without_its_last_line_end_are_lists()
    {
        Assert.Empty(Read(Config("3\n\n"))!.Servers);
        Assert.Empty(Read(Config("3\n"))!.Servers);
        Assert.Single(Read(Config("3\na||1"))!.Servers);
    }

    [Theory]
    [InlineData("END\r\n", ConfigOutcome.NoCluster)]
    [InlineData("ERROR\r\n", ConfigOutcome.UnknownCommand)]
    [InlineData("", ConfigOutcome.Incomplete)]
    [InlineData("CONFIG clus", ConfigOutcome.Incomplete)]
    [InlineData("CONFIG cluster 0 5\r\n1\na", ConfigOutcome.Incomplete)]
    [InlineData("CONFIG cluster 0 2\r\n1\n\r\nEND\r", ConfigOutcome.Incomplete)]
    internal void Other_answers_are_told_apart(string reply, ConfigOutcome expected)
    {
        Assert.Null(ConfigReply.Read(Encoding.ASCII.GetBytes(reply), out var outcome));
        Assert.Equal(expected, outcome);
    }

    [Theory]
    [InlineData("SERVER_ERROR out of memory\r\n", "it begins with 'SERVER_ERROR out of memory'")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "it begins with 'HTTP/1.1 400 Bad Request'")]
    [InlineData("END\r\nmore", "it goes on behind its end")]
    [InlineData("CONFIG cluster 0 -1\r\n", "its first line is")]
    [InlineData("CONFIG cluster 0 \r\n", "its first line is")]
    [InlineData("CONFIG cluster 0 1 1\r\n", "its first line is")]
    [InlineData("CONFIG cluster x 1\r\n", "its first line is")]
    [InlineData("CONFIG cluster 0 1048577\r\n", "its first line is")]
    [InlineData("CONFIG cluster 0 99999999999999999999\r\n", "its first line is")]
    [InlineData("CONFIG cluster 0 2\r\n1\n\r\nEND\r\nmore", "its list is not as long as it says")]
    [InlineData("CONFIG cluster 0 2\r\n1\nx\r\nEND\r\n", "its list is not as long as it says")]
    [InlineData("CONFIG cluster 0 1\r\n1\r\nEND\r\n", "its list has no version")]
    [InlineData("CONFIG cluster 0 3\r\n-1\n\r\nEND\r\n", "its list has no version")]
    [InlineData("CONFIG cluster 0 1\r\n\n\r\nEND\r\n", "its list has no version")]
    public void A_malformed_answer_is_refused(string reply, string what)
    {
        var mistake = Assert.Throws<MemcachedProtocolException>(() => Read(reply));
        Assert.StartsWith($"The list of nodes is malformed: {what}", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|10.0.0.1")]
    [InlineData("a|10.0.0.1|11211|")]
    [InlineData("a|b|10.0.0.1|11211")]
    [InlineData("|10.0.0.1|11211")]
    [InlineData("a|10.0.0.1|")]
    [InlineData("a|10.0.0.1|0")]
    [InlineData("a|10.0.0.1|65536")]
    [InlineData("a|10.0.0.1|+1")]
    [InlineData("a|10.0.0.256|1")]
    [InlineData("a|name|1")]
    [InlineData("a\t|10.0.0.1|1")]
    [InlineData("\u00e4|10.0.0.1|1")]
    [InlineData("u@a|10.0.0.1|1")]
    [InlineData("a/b||1")]
    [InlineData("a:b||1")]
    [InlineData("good||1  good||2")]
    [InlineData("good||1 bad")]
    [InlineData("good||1\n\n")]
    [InlineData("good||1\ngood||2")]
    public void One_malformed_node_refuses_the_whole_list(string nodes) =>
        Assert.Throws<MemcachedProtocolException>(() => Read(Config($"1\n{nodes}\n")));

    [Fact]
    public void A_line_without_end_is_refused_before_it_fills_the_memory() =>
        Assert.Throws<MemcachedProtocolException>(() => Read(new string('C', 600)));

    [Fact]
    public void Whatever_bytes_come_it_is_a_list_as_it_was_sent_or_more_to_come_or_the_one_exception()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var mutation = new ByteMutation(random, [.. Words.Select(Encoding.ASCII.GetBytes)]);
        var lists = 0;
        for (var i = 0; i < FuzzCount.Inputs; i++)
        {
            var bytes = new List<byte>(Encoding.ASCII.GetBytes(Config(Two)));
            mutation.Apply(bytes, random.Next(4));
            try
            {
                var reply = bytes.ToArray();
                if (ConfigReply.Read(reply, out var outcome) is { } list)
                {
                    lists++;
                    Assert.Equal(ConfigOutcome.List, outcome);
                    Assert.True(list.Version >= 0);
                    Assert.All(list.Servers, static server => server.Validate());
                    Assert.InRange(list.Servers.Count, 0, reply.Count(static value => value == '|') / 2);
                }
            }
            catch (MemcachedProtocolException)
            {
            }
        }

        Assert.True(lists > FuzzCount.Inputs / 10, $"{lists} lists");
    }

    // What comes in pieces is never a shorter list.
    [Fact]
    public void No_beginning_of_an_answer_is_a_list()
    {
        var whole = Encoding.ASCII.GetBytes(Config(Two));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Null(ConfigReply.Read(whole.AsSpan(0, length), out var outcome));
            Assert.Equal(ConfigOutcome.Incomplete, outcome);
        }
    }

    private static string Config(string list) => $"CONFIG cluster 0 {Encoding.UTF8.GetByteCount(list)}\r\n{list}\r\nEND\r\n";

    private static ServerListVersion? Read(string reply) => ConfigReply.Read(Encoding.UTF8.GetBytes(reply), out _);
}

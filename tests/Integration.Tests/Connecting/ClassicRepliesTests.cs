using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Connecting;

/// <summary>How servers which do not speak the meta protocol are recognized, and which of their replies are believed.</summary>
public class ClassicRepliesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("VERSION 1.4.25")]
    [InlineData("VERSION 1.6.9")]
    [InlineData("VERSION some proxy")]
    [InlineData("ERROR")]
    [InlineData("SERVER_ERROR no version here")]
    public async Task A_server_which_is_old_or_names_no_version_gets_classic_requests(string version)
    {
        using var server = new ScriptedServer((connection, request) =>
            connection.SendAsync(request.Line == "get k" ? "VALUE k 0 1\r\nv\r\nEND\r\n" : "ERROR\r\n")) { Version = version };
        await using var pool = FaultPool.Connect(server);

        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));
        Assert.Equal(1, server.Accepted);
    }

    [Theory]
    [InlineData("VALUE other 0 1\r\nv\r\nEND\r\n")]
    [InlineData("VALUE k 0 1\r\nv\r\nVALUE k 0 1\r\nv\r\nEND\r\n")]
    [InlineData("VALUE k 0 1\r\nvv\r\nEND\r\n")]
    [InlineData("VALUE k x 1\r\nv\r\nEND\r\n")]
    [InlineData("VALUE k 0\r\nv\r\nEND\r\n")]
    [InlineData("STORED\r\n")]
    [InlineData("NOT_FOUND\r\n")]
    [InlineData("1\r\n")]
    [InlineData("EN\r\n")]
    [InlineData("\r\n")]
    [InlineData("END\n")]
    public async Task A_reply_which_does_not_fit_a_read_closes_the_connection(string reply)
    {
        using var server = new ScriptedServer((connection, _) => connection.SendAsync(reply));
        await using var pool = FaultPool.Connect(server, options => options.Protocol = MemcachedProtocol.Classic);

        var failure = await Assert.ThrowsAsync<MemcachedProtocolException>(async () => await pool.GetAsync("k", CacheCodecs.String, Token));

        Assert.Equal(server.Address, failure.Server);
    }

    [Theory]
    [InlineData("END\r\n")]
    [InlineData("EXISTS\r\n")]
    [InlineData("NOT_STORED\r\n")]
    [InlineData("HD\r\n")]
    [InlineData("ERROR\r\n")]
    [InlineData("CLIENT_ERROR bad data chunk\r\n")]
    public async Task A_reply_which_does_not_fit_a_store_closes_the_connection(string reply)
    {
        using var server = new ScriptedServer((connection, request) =>
            request.Words[0] == "set" ? connection.SendAsync(reply) : Task.CompletedTask);
        await using var pool = FaultPool.Connect(server, options => options.Protocol = MemcachedProtocol.Classic);

        await Assert.ThrowsAsync<MemcachedProtocolException>(async () => await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token));
    }

    [Fact]
    public async Task A_command_which_an_old_server_does_not_know_is_its_refusal_and_the_connection_stays()
    {
        using var server = new ScriptedServer((connection, request) =>
            connection.SendAsync(request.Words[0] == "gat" ? "ERROR\r\n" : "END\r\n")) { Version = "VERSION 1.4.25" };
        await using var pool = FaultPool.Connect(server);

        var refused = await Assert.ThrowsAsync<MemcachedServerException>(async () =>
            await pool.GetAndTouchAsync("k", CacheCodecs.String, TimeSpan.FromMinutes(1), Token));

        Assert.Contains("does not know the command", refused.Message, StringComparison.Ordinal);
        Assert.Null(await pool.GetAsync("k", CacheCodecs.String, Token));
        Assert.Equal(1, server.Accepted);
    }

    // Somebody else creates the counter between our "incr" and our "add", and deletes it again before the next "incr".
    [Fact]
    public async Task A_counter_is_created_in_the_end_whatever_others_do_in_between()
    {
        var requests = new List<string>();
        Queue<string> replies = new(["NOT_FOUND", "NOT_STORED", "NOT_FOUND", "STORED"]);
        using var server = new ScriptedServer((connection, request) =>
        {
            // The payload of an "add" is a line of its own here, and has no reply.
            requests.Add(request.Line);
            return request.Line == "10" ? Task.CompletedTask : connection.SendAsync(replies.Dequeue() + "\r\n");
        });
        await using var pool = FaultPool.Connect(server, options => options.Protocol = MemcachedProtocol.Classic);

        Assert.Equal(10UL, await pool.IncrementAsync("k", 3, 10, TimeSpan.FromSeconds(60), Token));

        Assert.Equal(["incr k 3", "add k 0 60 2", "10", "incr k 3", "add k 0 60 2"], requests.Take(5));
    }

    [Fact]
    public async Task Values_of_a_batch_may_come_from_a_proxy_in_any_order_but_each_once()
    {
        var reply = "VALUE c 0 1\r\n3\r\nVALUE a 0 1\r\n1\r\nEND\r\n";
        using var server = new ScriptedServer((connection, _) => connection.SendAsync(reply)) { Version = "VERSION some proxy" };
        await using var pool = FaultPool.Connect(server);

        var found = await pool.GetManyAsync(["a", "b", "c"], CacheCodecs.String, Token);
        Assert.Equal(["1", "3"], found.Values.Order());
        Assert.Equal("3", found["c"]);

        reply = "VALUE a 0 1\r\n1\r\nVALUE a 0 1\r\n1\r\nEND\r\n";
        await Assert.ThrowsAsync<MemcachedProtocolException>(async () => await pool.GetManyAsync(["a", "b", "c"], CacheCodecs.String, Token));
    }
}

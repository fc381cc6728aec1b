using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Replies which break off, and replies which are none.</summary>
public sealed class BrokenReplyTests
{
    public static TheoryData<string> Kinds => [.. ReplyKind.All.Select(kind => kind.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_server_which_hangs_up_in_any_place_of_a_reply_fails_the_call_and_the_next_one_reconnects(string name)
    {
        var kind = ReplyKind.All.Single(kind => kind.Name == name);
        var sent = 0;
        using var server = new ScriptedServer(async (connection, request) =>
        {
            // Read once: the test goes on as soon as it has its reply.
            var length = sent;
            var reply = kind.Reply(request.Opaque);
            await connection.SendAsync(length < 0 ? reply : reply[..length]);
            if (length >= 0)
            {
                connection.Dispose();
            }
        });
        await using var pool = FaultPool.Connect(server);

        var length = kind.Reply("O0").Length;
        for (var cut = 0; cut < length; cut++)
        {
            sent = cut;
            var lost = await Assert.ThrowsAsync<MemcachedConnectionException>(() => kind.Run(pool, Token).WaitAsync(FaultPool.Patience, Token));
            Assert.Contains(server.Address, lost.Message, StringComparison.Ordinal);
            Assert.Equal(server.Address, lost.Server);

            sent = -1;
            Assert.Equal(kind.Answer, await kind.Run(pool, Token).WaitAsync(FaultPool.Patience, Token));
        }

        // Each reconnection was needed and none was made twice.
        Assert.Equal(length + 1, server.Accepted);
    }

    [Theory]
    [InlineData("get", "garbage\r\n")]
    [InlineData("get", "ERROR\r\n")]
    [InlineData("get", "CLIENT_ERROR bad command line format\r\n")]
    [InlineData("get", "\r\n")]
    [InlineData("get", "EN O\n")]
    [InlineData("get", "HD O\r\n")]
    [InlineData("get", "NS O\r\n")]
    [InlineData("get", "EN\r\n")]
    [InlineData("get", "ENO\r\n")]
    [InlineData("get", "VA 1 f0 O1\r\nx\r\n")]
    [InlineData("get", "VA 1 f0\r\nx\r\n")]
    [InlineData("get", "VA -1 f0 O\r\nx\r\n")]
    [InlineData("get", "VA 1x f0 O\r\nx\r\n")]
    [InlineData("get", "VA f0 O\r\nx\r\n")]
    [InlineData("get", "VA 1 f-1 O\r\nx\r\n")]
    [InlineData("get", "VA 1 f4294967296 O\r\nx\r\n")]
    [InlineData("get", "VA 4294967296 f0 O\r\nx\r\n")]
    [InlineData("get", "VA 99999999999999999999 f0 O\r\nx\r\n")]
    [InlineData("get", "VA 2147483647 f0 O\r\nx\r\n")]
    [InlineData("get", "VA 1000001 f0 O\r\nx\r\n")]
    [InlineData("get", "VA 1 f0 O\r\nxx\r\n")]
    [InlineData("set", "VA 1 f0 O\r\nx\r\n")]
    [InlineData("set", "EN O\r\n")]
    [InlineData("set", "NF O\r\n")]
    [InlineData("set", "STORED\r\n")]
    [InlineData("count", "HD O\r\n")]
    [InlineData("count", "VA 1 O\r\nx\r\n")]
    [InlineData("count", "VA 3 O\r\n12x\r\n")]
    [InlineData("count", "VA 0 O\r\n\r\n")]
    [InlineData("count", "VA 20 O\r\n99999999999999999999\r\n")]
    [InlineData("batch", "VALUE other 0 1\r\nx\r\nEND\r\n")]
    [InlineData("batch", "VALUE b 0 1\r\nx\r\nVALUE a 0 1\r\nx\r\nEND\r\n")]
    [InlineData("batch", "VALUE a 0 1\r\nx\r\nVALUE a 0 1\r\nx\r\nEND\r\n")]
    [InlineData("batch", "VALUE a 0 -1\r\nx\r\nEND\r\n")]
    [InlineData("batch", "VALUE a 0 1000001\r\nx\r\nEND\r\n")]
    [InlineData("batch", "VALUE a x 1\r\nx\r\nEND\r\n")]
    [InlineData("batch", "VALUE a 0\r\nx\r\nEND\r\n")]
    [InlineData("batch", "VALUE a 0 1\r\nxxEND\r\n")]
    [InlineData("batch", "VALUE \r\n")]
    [InlineData("batch", "EN O\r\n")]
    [InlineData("batch", "END \r\n")]
    [InlineData("stats", "VERSION 1\r\n")]
    [InlineData("stats", "STATpid 7\r\nEND\r\n")]
    public async Task A_reply_which_does_not_fit_is_an_error_and_the_connection_is_replaced(string operation, string reply)
    {
        var answers = 0;
        using var server = new ScriptedServer((connection, request) => connection.SendAsync(
            Interlocked.Increment(ref answers) == 1 ? WithOpaque(reply, request) : $"EN {request.Opaque}\r\n"));
        await using var pool = FaultPool.Connect(server, options => options.MaxValueLength = 1_000_000);

        var broken = await Assert.ThrowsAsync<MemcachedProtocolException>(() => RunAsync(pool, operation).WaitAsync(FaultPool.Patience, Token));

        Assert.Contains(server.Address, broken.Message, StringComparison.Ordinal);
        Assert.Equal(server.Address, broken.Server);
        Assert.False(await pool.ExistsAsync("next", Token).AsTask().WaitAsync(FaultPool.Patience, Token));
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task Callers_behind_a_broken_reply_fail_too_and_get_no_value()
    {
        var requests = 0;
        using var server = new ScriptedServer(async (connection, request) =>
        {
            // The second reply answers the third request: from there on nothing can be trusted.
            switch (Interlocked.Increment(ref requests))
            {
                case 1:
                    await connection.SendAsync($"VA 5 f0 {request.Opaque}\r\nfirst\r\n");
                    break;
                case 3:
                    await connection.SendAsync($"VA 5 f0 {request.Opaque}\r\nthird\r\n");
                    break;
            }
        });
        await using var pool = FaultPool.Connect(server);

        Task<string?>[] reads = [.. Enumerable.Range(0, 4).Select(i => pool.GetAsync($"k{i}", CacheCodecs.String, Token).AsTask())];

        Assert.Equal("first", await reads[0].WaitAsync(FaultPool.Patience, Token));
        foreach (var read in reads[1..])
        {
            await Assert.ThrowsAsync<MemcachedProtocolException>(() => read.WaitAsync(FaultPool.Patience, Token));
        }
    }

    [Fact]
    public async Task A_reply_which_nobody_asked_for_closes_the_connection()
    {
        using var server = new ScriptedServer((connection, request) =>
            connection.SendAsync($"EN {request.Opaque}\r\nVA 5 f0 O7\r\nhello\r\n"));
        await using var pool = FaultPool.Connect(server);

        Assert.Null(await pool.GetAsync("a", CacheCodecs.String, Token));
        await FaultPool.UntilAsync(() => pool.Servers[0].State == ServerState.Disconnected, "the end of the connection");
        Assert.Null(await pool.GetAsync("b", CacheCodecs.String, Token));
        Assert.Equal(2, server.Accepted);
    }

    [Theory]
    [InlineData("SERVER_ERROR out of memory storing object\r\n", "set")]
    [InlineData("SERVER_ERROR out of memory writing get response\r\n", "get")]
    [InlineData("SERVER_ERROR out of memory writing get response\r\n", "batch")]
    [InlineData("VALUE a 0 1\r\nx\r\nSERVER_ERROR out of memory\r\n", "batch")]
    [InlineData("CLIENT_ERROR cannot increment or decrement non-numeric value\r\n", "count")]
    [InlineData("CLIENT_ERROR no such thing\r\n", "stats")]
    [InlineData("ERROR\r\n", "stats")]
    public async Task A_refusal_is_the_callers_alone_and_the_connection_stays(string reply, string operation)
    {
        var answers = 0;
        using var server = new ScriptedServer((connection, request) => connection.SendAsync(Interlocked.Increment(ref answers) switch
        {
            1 => reply,

            // The pool looks whether the number is missing because somebody is creating it.
            2 when operation == "count" => $"HD s5 f0 c12 {request.Opaque}\r\n",
            _ => $"EN {request.Opaque}\r\n",
        }));
        await using var pool = FaultPool.Connect(server);

        var refused = await Assert.ThrowsAsync<MemcachedServerException>(() => RunAsync(pool, operation).WaitAsync(FaultPool.Patience, Token));

        Assert.Equal(server.Address, refused.Server);
        Assert.False(await pool.ExistsAsync("next", Token));
        Assert.Equal(1, server.Accepted);
    }

    private static string WithOpaque(string reply, ScriptedRequest request) =>
        reply.Replace(" O\r", $" {request.Opaque}\r", StringComparison.Ordinal).Replace(" O\n", $" {request.Opaque}\n", StringComparison.Ordinal);

    private static async Task RunAsync(MemcachedPool pool, string operation)
    {
        switch (operation)
        {
            case "get":
                await pool.GetAsync("a", CacheCodecs.String, Token);
                break;
            case "set":
                await pool.SetAsync("a", "v", CacheCodecs.String, cancellationToken: Token);
                break;
            case "count":
                await pool.IncrementAsync("a", 1, Token);
                break;
            case "batch":
                await pool.GetManyAsync(["a", "b"], CacheCodecs.String, Token);
                break;
            default:
                var replies = await pool.GetStatsAsync(cancellationToken: Token);
                throw replies[0].Error!;
        }
    }
}

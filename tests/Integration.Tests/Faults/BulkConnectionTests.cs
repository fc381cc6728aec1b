using System.Collections.Concurrent;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Large values travel on connections of their own.</summary>
public sealed class BulkConnectionTests
{
    // Random, so that it cannot be compressed.
    private static readonly byte[] Large = new byte[100_000];

    static BulkConnectionTests() => new Random(1).NextBytes(Large);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_connection_is_opened_for_large_values_and_carries_nothing_else()
    {
        var ways = new ConcurrentQueue<(string Request, ScriptedConnection Connection)>();
        using var server = new ScriptedServer((connection, request) => AnswerAsync(connection, request, ways));
        await using var pool = FaultPool.Connect(server);

        await pool.SetAsync("small", new byte[10], CacheCodecs.Bytes, cancellationToken: Token);
        await pool.GetAsync("large", CacheCodecs.Bytes, Token);
        Assert.Equal(1, server.Accepted);

        // What is read is known to be large once it has been read, what is written is known before.
        await pool.GetAsync("large", CacheCodecs.Bytes, Token);
        await pool.SetAsync("also", Large, CacheCodecs.Bytes, cancellationToken: Token);
        await pool.DeleteAsync("also", Token);
        await pool.GetAsync("small", CacheCodecs.Bytes, Token);

        // A key whose value is small again goes back.
        await pool.SetAsync("large", new byte[10], CacheCodecs.Bytes, cancellationToken: Token);
        Assert.Equal(2, server.Accepted);
        var first = ways.First().Connection;
        Assert.Equal(
            ["ms small", "mg large", "mg small", "ms large"],
            ways.Where(way => way.Connection == first).Select(way => way.Request));
        Assert.Equal(
            ["mg large", "ms also", "md also"],
            ways.Where(way => way.Connection != first).Select(way => way.Request));
    }

    [Fact]
    public async Task Large_values_take_the_first_connection_where_no_other_is_wanted()
    {
        using var server = new ScriptedServer((connection, request) => AnswerAsync(connection, request, []));
        await using var pool = FaultPool.Connect(server, options => options.ConnectionsPerServer = 1);

        await pool.SetAsync("large", Large, CacheCodecs.Bytes, cancellationToken: Token);
        await pool.GetAsync("large", CacheCodecs.Bytes, Token);

        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task Large_values_take_the_first_connection_where_no_other_can_be_opened()
    {
        using var server = new ScriptedServer((connection, request) => AnswerAsync(connection, request, []));
        await using var pool = FaultPool.Connect(server, options => options.ConnectTimeout = TimeSpan.FromSeconds(1));
        var failures = 0;
        pool.ServerFailed += (_, _) => Interlocked.Increment(ref failures);
        await pool.GetAsync("small", CacheCodecs.Bytes, Token);
        server.Version = null;

        await pool.SetAsync("large", Large, CacheCodecs.Bytes, cancellationToken: Token).AsTask().WaitAsync(FaultPool.Patience, Token);
        Assert.Equal(Large.Length, (await pool.GetAsync("large", CacheCodecs.Bytes, Token))!.Length);

        Assert.Equal(ServerState.Connected, pool.Servers[0].State);
        Assert.Equal(0, failures);
    }

    private static Task AnswerAsync(ScriptedConnection connection, ScriptedRequest request, ConcurrentQueue<(string, ScriptedConnection)> ways)
    {
        ways.Enqueue(($"{request.Words[0]} {request.Words[1]}", connection));
        var length = request.Words[1] == "small" ? 10 : Large.Length;
        return connection.SendAsync(request.Words[0] == "mg"
            ? $"VA {length} f0 {request.Opaque}\r\n{new string('x', length)}\r\n"
            : $"HD {request.Opaque}\r\n");
    }
}

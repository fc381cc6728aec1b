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

    [Fact]
    public async Task A_server_to_which_only_large_values_went_is_connected_too()
    {
        using var server = new ScriptedServer((connection, request) => AnswerAsync(connection, request, []));
        await using var pool = FaultPool.Connect(server);

        await pool.SetAsync("large", Large, CacheCodecs.Bytes, cancellationToken: Token);

        Assert.Equal(1, server.Accepted);
        Assert.Equal(ServerState.Connected, pool.Servers[0].State);
        Assert.NotNull(pool.Servers[0].Version);
    }

    [Fact]
    public async Task What_is_long_in_sum_is_asked_for_in_pieces_and_travels_apart()
    {
        var ways = new ConcurrentQueue<(string Request, ScriptedConnection Connection)>();
        using var server = new ScriptedServer((connection, request) => AnswerAsync(connection, request, ways));
        await using var pool = FaultPool.Connect(server);
        string[] keys = [.. Enumerable.Range(0, 40).Select(i => $"middle{i}")];

        // How long values are is known once some have come.
        Assert.Equal(40, (await pool.GetManyAsync(keys, CacheCodecs.Bytes, Token)).Count);
        var first = Assert.Single(ways).Connection;
        ways.Clear();
        Assert.Equal(40, (await pool.GetManyAsync(keys, CacheCodecs.Bytes, Token)).Count);

        Assert.InRange(ways.Count, 5, 40);
        Assert.DoesNotContain(ways, way => way.Connection == first);
    }

    [Fact]
    public async Task Long_replies_are_asked_for_in_pieces_on_an_only_connection_too()
    {
        var ways = new ConcurrentQueue<(string Request, ScriptedConnection Connection)>();
        using var server = new ScriptedServer((connection, request) => AnswerAsync(connection, request, ways));
        await using var pool = FaultPool.Connect(server, options => options.ConnectionsPerServer = 1);
        string[] keys = [.. Enumerable.Range(0, 40).Select(i => $"middle{i}")];
        await pool.GetManyAsync(keys, CacheCodecs.Bytes, Token);
        ways.Clear();

        Assert.Equal(40, (await pool.GetManyAsync(keys, CacheCodecs.Bytes, Token)).Count);

        Assert.InRange(ways.Count, 5, 40);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task Large_values_of_a_multi_get_travel_apart_from_the_small_ones()
    {
        var ways = new ConcurrentQueue<(string Request, ScriptedConnection Connection)>();
        using var server = new ScriptedServer((connection, request) => AnswerAsync(connection, request, ways));
        await using var pool = FaultPool.Connect(server);
        await pool.GetManyAsync(["small", "large"], CacheCodecs.Bytes, Token);
        var first = Assert.Single(ways).Connection;
        ways.Clear();

        Assert.Equal(2, (await pool.GetManyAsync(["small", "large"], CacheCodecs.Bytes, Token)).Count);

        Assert.Equal("get small", Assert.Single(ways, way => way.Connection == first).Request);
        Assert.Equal("get large", Assert.Single(ways, way => way.Connection != first).Request);
    }

    [Fact]
    public async Task What_get_or_create_stores_travels_apart_when_it_is_large()
    {
        var ways = new ConcurrentQueue<(string Request, ScriptedConnection Connection)>();
        using var server = new ScriptedServer((connection, request) => AnswerAsync(connection, request, ways));
        await using var pool = FaultPool.Connect(server);

        // A connection that is opened after the lease was won is of no use to it: the server may have been restarted in between.
        await pool.SetAsync("large", Large, CacheCodecs.Bytes, cancellationToken: Token);
        ways.Clear();

        await pool.GetOrCreateAsync("missing", _ => new ValueTask<byte[]>(Large), CacheCodecs.Bytes, GetOrCreateOptions.Default, cancellationToken: Token);

        var store = Assert.Single(ways, way => way.Request == "ms missing");
        Assert.DoesNotContain(ways, way => way.Request != "ms missing" && way.Connection == store.Connection);
    }

    // Neither is awaited before the next: what is asked last of a key has to be what is stored.
    [Theory]
    [InlineData(100_000, 10)]
    [InlineData(10, 100_000)]
    [InlineData(100_000, 10, 100_000, 10, 10, 100_000)]
    public async Task Sets_of_one_key_keep_their_order_whatever_their_sizes(params int[] lengths)
    {
        var ways = new ConcurrentQueue<(string Request, ScriptedConnection Connection)>();
        var stored = new ConcurrentQueue<int>();
        using var server = new ScriptedServer((connection, request) =>
        {
            stored.Enqueue(int.Parse(request.Words[2], null));
            return AnswerAsync(connection, request, ways);
        });
        await using var pool = FaultPool.Connect(server, options => options.Compression.Threshold = 0);

        // Both connections are open.
        await pool.SetAsync("other", Large, CacheCodecs.Bytes, cancellationToken: Token);
        await pool.SetAsync("small", new byte[1], CacheCodecs.Bytes, cancellationToken: Token);
        stored.Clear();
        for (var round = 0; round < 50; round++)
        {
            await Task.WhenAll(lengths.Select(length => pool.SetAsync("key", new byte[length], CacheCodecs.Bytes, cancellationToken: Token).AsTask()));
            Assert.Equal(lengths, stored);
            stored.Clear();
        }
    }

    private static Task AnswerAsync(ScriptedConnection connection, ScriptedRequest request, ConcurrentQueue<(string, ScriptedConnection)> ways)
    {
        ways.Enqueue(($"{request.Words[0]} {request.Words[1]}", connection));
        return connection.SendAsync(request.Words[0] switch
        {
            "get" => string.Concat(request.Words.Skip(1).Select(key => $"VALUE {key} 0 {Length(key)}\r\n{Value(key)}\r\n")) + "END\r\n",
            "mg" when request.Words[1] == "missing" => $"VA 0 f0 c5 W {request.Opaque}\r\n\r\n",
            "mg" => $"VA {Length(request.Words[1])} f0 {request.Opaque}\r\n{Value(request.Words[1])}\r\n",
            _ => $"HD {request.Opaque}\r\n",
        });
    }

    private static int Length(string key) => key == "small" ? 10 : key.StartsWith("middle", StringComparison.Ordinal) ? 10_000 : Large.Length;

    private static string Value(string key) => new('x', Length(key));
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using TypedCache.Discovery;
using TypedCache.Embedded;
using TypedCache.Runtime.Tests.Embedded;
using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Discovery;

/// <summary>Clusters that name their nodes themselves, played by embedded servers.</summary>
public sealed class ElastiCacheTests : IDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;

    private readonly List<string>[] _asked = [[], [], [], []];
    private readonly EmbeddedServer[] _servers;
    private readonly int[] _ports;

    public ElastiCacheTests()
    {
        _servers = [.. _asked.Select(static asked => new EmbeddedServer(new EmbeddedServerOptions { Log = line => Add(asked, line) }))];
        _ports = [.. _servers.Select(static server => server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port)];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Endpoint => $"127.0.0.1:{_ports[0]}";

    public void Dispose() => Array.ForEach(_servers, static server => server.Dispose());

    [Fact]
    public async Task A_pool_follows_the_cluster()
    {
        SetCluster(1, 1, 2);
        await using var pool = await MemcachedPool.ConnectAsync(Patient(ServerDiscovery.ElastiCache(Endpoint, TimeSpan.FromSeconds(1))), Token);
        Assert.Equal([Name(1), Name(2)], pool.Servers.Select(static server => server.Name));
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);

        SetCluster(2, 1, 2, 3);

        await Fleet.UntilAsync(() => pool.TopologyVersion == 3 && pool.DiscoveryState!.Version == 2);
        Assert.Equal([Name(1), Name(2), Name(3)], pool.Servers.Select(static server => server.Name));
        Assert.Equal("v", await pool.GetAsync("k", Text, Token) ?? "v");
    }

    [Fact]
    public async Task A_connection_string_names_the_endpoint()
    {
        SetCluster(5, 1);
        await using var pool = await MemcachedPool.ConnectAsync($"config:{Endpoint}; timeout=1m; connect-timeout=1m", Token);
        Assert.Equal([Name(1)], pool.Servers.Select(static server => server.Name));
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        Assert.Equal($"config:{Endpoint}", pool.DiscoveryState!.Source);
    }

    [Fact]
    public async Task The_nodes_are_asked_in_turn_and_the_endpoint_only_at_first()
    {
        SetCluster(1, 1, 2, 3);
        var told = await WatchAsync(pauses: 6);
        Assert.Equal(7, told.Count);
        Assert.All(told, static list => Assert.Equal((1, 3), (list.Version, list.Servers.Count)));
        Assert.Equal([1, 2, 2, 2], _asked.Select(Questions));
    }

    [Fact]
    public async Task Where_no_node_answers_the_endpoint_is_asked()
    {
        SetCluster(1, 1, 2);
        var first = true;
        var told = await WatchAsync(pauses: 1, _ =>
        {
            if (first)
            {
                _servers[1].Dispose();
                _servers[2].Dispose();
                _servers[0].SetCluster(2, Node(3));
            }

            first = false;
        });
        Assert.Equal([1, 2], told.Select(static list => list.Version));
        Assert.Equal(2, Questions(_asked[0]));
    }

    // As in Memorystore: the nodes are plain servers.
    [Fact]
    public async Task Nodes_that_know_nothing_of_their_cluster_are_asked_once()
    {
        _servers[0].SetCluster(1, Node(1), Node(2));
        var told = await WatchAsync(pauses: 5);
        Assert.All(told, static list => Assert.Equal(2, list.Servers.Count));
        Assert.Equal([6, 1, 0, 0], _asked.Select(Questions));
    }

    [Fact]
    public async Task An_engine_before_1_4_14_has_the_list_under_a_key()
    {
        await using var pool = MemcachedPool.Connect(Endpoint);
        await pool.SetAsync("AmazonElastiCache:cluster"u8, "3\na||11211\n"u8.ToArray(), CacheCodecs.Bytes, cancellationToken: Token);
        var list = Assert.Single(await WatchAsync(pauses: 0));
        Assert.Equal((3, "a:11211"), (list.Version, list.Servers[0].Name));
    }

    [Fact]
    public async Task A_server_without_a_cluster_is_told_after_three_attempts_and_asked_again_later()
    {
        var time = new InstantTime(8);
        var told = await WatchAsync(time);
        Assert.Equal([0.5, 0.5, 1, 0.5, 0.5, 2, 0.5, 0.5, 4], time.Pauses);
        Assert.Equal(3, told.Count);
        Assert.All(told, list => Assert.StartsWith($"{Endpoint} knows of no cluster. The address has to be a configuration endpoint", list.Failure!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Garbage_a_hang_up_silence_and_a_refusal_are_failures_that_name_the_server()
    {
        foreach (var (answer, expected) in new[]
        {
            ("CONFIG cluster 0 5\r\n1\nbad\r\nEND\r\n", "The list of nodes is malformed"),
            ("\0\u0001\u0002\r\n", "The list of nodes is malformed: it begins with '???'"),
            ("CONFIG cluster 0 5\r\n", "cannot be asked: it closed the connection without an answer."),
        })
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            var serving = ServeAsync(listener, answer);
            var list = Assert.Single(await WatchAsync(new InstantTime(2), $"127.0.0.1:{port}"));
            Assert.StartsWith($"127.0.0.1:{port}", list.Failure!.Message, StringComparison.Ordinal);
            Assert.Contains(expected, list.Failure.Message, StringComparison.Ordinal);
            listener.Stop();
            await serving;
            var refused = Assert.Single(await WatchAsync(new InstantTime(2), $"127.0.0.1:{port}"));
            Assert.StartsWith($"127.0.0.1:{port} cannot be asked: ", refused.Failure!.Message, StringComparison.Ordinal);
        }

        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var timedOut = Assert.Single(await WatchAsync(new InstantTime(2), silent.LocalEndpoint.ToString()!, TimeSpan.FromMilliseconds(100)));
        Assert.EndsWith("did not answer within 100 ms.", timedOut.Failure!.Message, StringComparison.Ordinal);
    }

    // A drip of bytes is no reason to wait for ever.
    [Fact]
    public async Task An_endless_answer_ends_in_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var end = new CancellationTokenSource();
        var serving = DripAsync(listener, end.Token);
        var list = Assert.Single(await WatchAsync(new InstantTime(2), listener.LocalEndpoint.ToString()!, TimeSpan.FromMilliseconds(200)));
        Assert.IsType<MemcachedConnectionException>(list.Failure);
        await end.CancelAsync();
        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task A_node_is_hashed_by_its_name_and_connected_by_its_address_first_and_then_by_its_name()
    {
        // No name in .invalid is ever resolved.
        _servers[0].SetCluster(1, new EmbeddedNode("node.invalid", _ports[1], IPAddress.Loopback));
        await using var pool = await MemcachedPool.ConnectAsync(Patient(ServerDiscovery.ElastiCache(Endpoint)), Token);
        await pool.SetAsync("k", "v", Text, cancellationToken: Token);
        Assert.Equal($"node.invalid:{_ports[1]}", Assert.Single(pool.Servers).Name);

        // Nobody listens at the address.
        await using var other = MemcachedPool.Connect(Patient(null, new MemcachedServerOptions("localhost", _ports[1]) { Address = IPAddress.Parse("127.1.2.3") }));
        Assert.Equal("v", await other.GetAsync("k", Text, Token));
    }

    [Fact]
    public void The_embedded_server_answers_both_forms_and_else_as_memcached()
    {
        using var server = new EmbeddedServer();
        Assert.Equal("ERROR\r\n", Say(server, "config get cluster\r\n"));
        Assert.Equal("END\r\n", Say(server, "get AmazonElastiCache:cluster\r\n"));
        server.SetCluster(12, new EmbeddedNode("a", 1, IPAddress.Loopback), new EmbeddedNode("b", 2));
        Assert.Equal("CONFIG cluster 0 22\r\n12\na|127.0.0.1|1 b||2\n\r\nEND\r\n", Say(server, "config get cluster\r\n"));
        Assert.Equal("VALUE AmazonElastiCache:cluster 0 22\r\n12\na|127.0.0.1|1 b||2\n\r\nEND\r\n", Say(server, "get AmazonElastiCache:cluster\r\n"));
        Assert.Equal("ERROR\r\n", Say(server, "config set cluster\r\n"));
        server.SetCluster(13);
        Assert.Equal("CONFIG cluster 0 4\r\n13\n\n\r\nEND\r\n", Say(server, "config get cluster\r\n"));
        server.ClearCluster();
        Assert.Equal("ERROR\r\n", Say(server, "config get cluster\r\n"));
        Assert.Throws<ArgumentOutOfRangeException>(() => server.SetCluster(-1));
        Assert.Throws<ArgumentException>(() => server.SetCluster(1, new EmbeddedNode("a b", 1)));
        Assert.Throws<ArgumentException>(() => server.SetCluster(1, new EmbeddedNode("a", 0)));
    }

    private static string Say(EmbeddedServer server, string commands)
    {
        using var channel = server.Connect();
        return channel.AskAsync(commands).GetAwaiter().GetResult();
    }

    private static void Add(List<string> asked, string line)
    {
        lock (asked)
        {
            asked.Add(line);
        }
    }

    private static int Questions(List<string> asked)
    {
        lock (asked)
        {
            return asked.Count(static line => line.Contains("config get cluster", StringComparison.Ordinal));
        }
    }

    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(Token);
                var buffer = new byte[100];
                await client.GetStream().ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false, Token);
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
        }
    }

    private static async Task DripAsync(TcpListener listener, CancellationToken end)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end);
                await client.GetStream().WriteAsync("CONFIG cluster 0 1000000\r\n"u8.ToArray(), end);
                while (true)
                {
                    await client.GetStream().WriteAsync(new byte[1], end);
                    await Task.Delay(1, end);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            if (exception is IOException)
            {
                await DripAsync(listener, end);
            }
        }
    }

    private static MemcachedPoolOptions Patient(IServerDiscovery? discovery, params MemcachedServerOptions[] servers) => new()
    {
        Discovery = discovery,
        Servers = [.. servers],
        ConnectTimeout = TimeSpan.FromMinutes(1),
        OperationTimeout = TimeSpan.FromMinutes(1),
    };

    private string Name(int server) => $"127.0.0.1:{_ports[server]}";

    private EmbeddedNode Node(int server) => new("127.0.0.1", _ports[server], IPAddress.Loopback);

    private void SetCluster(long version, params int[] nodes) =>
        Array.ForEach(_servers, server => server.SetCluster(version, [.. nodes.Select(Node)]));

    private Task<List<ServerListVersion>> WatchAsync(int pauses, Action<ServerListVersion>? seen = null) => WatchAsync(new InstantTime(pauses), Endpoint, seen: seen);

    private Task<List<ServerListVersion>> WatchAsync(InstantTime time) => WatchAsync(time, Endpoint);

    private static async Task<List<ServerListVersion>> WatchAsync(InstantTime time, string endpoint, TimeSpan? limit = null, Action<ServerListVersion>? seen = null)
    {
        var source = (IPoolDiscovery)ServerDiscovery.ElastiCache(endpoint);
        var told = new List<ServerListVersion>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var watch = Task.Run(async () =>
        {
            await foreach (var list in source.WatchAsync(new DiscoveryContext(time, () => limit ?? TimeSpan.FromMinutes(1), Tls: null), end.Token))
            {
                told.Add(list);
                seen?.Invoke(list);
            }
        }, Token);
        await Fleet.UntilAsync(() => time.IsStuck);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        return told;
    }
}

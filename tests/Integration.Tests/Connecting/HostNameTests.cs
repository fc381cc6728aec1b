using System.Net;
using System.Net.Sockets;
using TypedCache.Integration.Tests.External;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Connecting;

/// <summary>Host names are resolved for each connection, and all their addresses are tried.</summary>
public sealed class HostNameTests : IDisposable
{
    private static readonly IPAddress Nobody = IPAddress.Parse("127.0.0.9");

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public HostNameTests() => _server.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_server.LocalEndpoint).Port;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("127.0.0.9", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.9")]
    [InlineData("::1", "127.0.0.1")]
    [InlineData("127.0.0.9", "::1", "127.0.0.9", "127.0.0.1")]
    public async Task Each_address_of_a_name_is_tried(params string[] addresses)
    {
        var connector = Connector(() => [.. addresses.Select(IPAddress.Parse)]);

        using var socket = await ConnectAsync(connector);

        Assert.Equal($"127.0.0.1:{Port}", $"{socket.RemoteEndPoint}");
    }

    [Fact]
    public async Task A_name_is_resolved_anew_for_each_connection()
    {
        IPAddress[] addresses = [Nobody];
        var connector = Connector(() => addresses);
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(connector));

        addresses = [IPAddress.Loopback];
        using var socket = await ConnectAsync(connector);

        Assert.True(socket.Connected);
    }

    [Fact]
    public async Task A_resolver_that_hangs_does_not_hold_up_the_one_who_connects_longer_than_allowed()
    {
        using var never = new ManualResetEventSlim();
        var connector = Connector(() =>
        {
            never.Wait(TimeSpan.FromSeconds(60));
            return [];
        });

        await Assert.ThrowsAsync<TimeoutException>(() => Task.Factory.StartNew(
            () => connector.Connect(new ConnectDeadline(TimeSpan.FromMilliseconds(200), () => false)), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        never.Set();
    }

    // Nobody accepts there and the queue is full: further connections are neither opened nor refused.
    [Fact]
    public async Task An_address_which_does_not_answer_leaves_time_for_the_next()
    {
        using var full = new TcpListener(Nobody, Port);
        full.Start(backlog: 1);
        var waiting = Enumerable.Range(0, 10).Select(_ => new TcpClient()).ToList();
        waiting.ForEach(client => _ = client.ConnectAsync(Nobody, Port));
        var connector = Connector(() => [Nobody, IPAddress.Loopback]);

        using var socket = await ConnectAsync(connector, TimeSpan.FromSeconds(4));

        Assert.Equal($"127.0.0.1:{Port}", $"{socket.RemoteEndPoint}");
        waiting.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_name_without_addresses_is_an_error()
    {
        var connector = Connector(() => []);

        var failure = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(connector));

        Assert.Equal(SocketError.HostNotFound, failure.SocketErrorCode);
    }

    [Fact]
    public async Task A_server_is_found_by_its_name()
    {
        using var server = MemcachedProcess.Start();
        await using var pool = MemcachedPool.Connect($"localhost:{server.Port}");

        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);

        Assert.Equal($"localhost:{server.Port}", pool.Servers[0].Name);
        Assert.Equal(ServerState.Connected, pool.Servers[0].State);
    }

    private SocketConnector Connector(Func<IPAddress[]> addresses) =>
        new(new DnsEndPoint("cache.example", Port), _ => addresses());

    private static Task<Socket> ConnectAsync(SocketConnector connector, TimeSpan? limit = null) => Task.Factory.StartNew(
        () => connector.Connect(new ConnectDeadline(limit ?? TimeSpan.FromSeconds(20), () => false)), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}

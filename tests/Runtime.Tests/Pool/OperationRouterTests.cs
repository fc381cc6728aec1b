using TypedCache.Hashing;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Tests.Pool;

public class OperationRouterTests
{
    private static readonly LinkSettings Settings = new(
        TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan, new ConnectionLimits(TimeSpan.FromSeconds(30), 1000, 1000), MemcachedProtocol.Auto, credentials: null, TimeProvider.System);

    [Theory]
    [InlineData("", 0)]
    [InlineData("0", 2)]
    [InlineData("02", 1)]
    [InlineData("12", 0)]
    [InlineData("012", -1)]
    public async Task A_key_goes_home_or_to_the_first_server_in_the_failover_order_which_has_not_failed(string failed, int expected)
    {
        var servers = await MakeAsync(failed);
        var router = new OperationRouter(servers, new AlwaysFirst(), new Recorded([0, 2, 2, 1]), maxFailoverAttempts: 4);
        Assert.Same(expected < 0 ? null : servers[expected], router.Find("k"u8));
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(3, -1)]
    [InlineData(4, 1)]
    public async Task Only_so_many_places_of_the_failover_order_are_looked_at(int attempts, int expected)
    {
        var servers = await MakeAsync("02");
        var router = new OperationRouter(servers, new AlwaysFirst(), new Recorded([0, 2, 2, 1]), attempts);
        Assert.Same(expected < 0 ? null : servers[expected], router.Find("k"u8));
    }

    [Fact]
    public async Task A_key_which_no_server_takes_is_named_with_its_home_and_the_cause()
    {
        var servers = await MakeAsync("012");
        var router = new OperationRouter(servers, new AlwaysFirst(), new Recorded([0, 1, 2]), maxFailoverAttempts: 3);

        var failure = router.NoServer("k"u8, failure: null);

        Assert.Equal("cache-0:1", failure.Server);
        Assert.Contains("'k', whose home is cache-0:1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cable cut", failure.Message, StringComparison.Ordinal);
    }

    // More servers than a machine word has bits.
    [Fact]
    public async Task Every_server_is_tried_once_however_many_there_are()
    {
        const int Count = 130;
        var opened = new List<int>();
        MemcachedServer[] servers = [.. Enumerable.Range(0, Count).Select(i => Make(i, new CutCable(() => opened.Add(i))))];
        var router = new OperationRouter(servers, new AlwaysFirst(), new Recorded([.. Enumerable.Range(0, Count), .. Enumerable.Range(0, Count)]), 2 * Count);
        var operation = new StatusOperation();
        operation.Begin(Verb.Delete, "k"u8);

        operation.Route.Send(operation, router);

        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await operation.AsBoolean());
        Assert.Equal(Enumerable.Range(0, Count), opened);
    }

    [Fact]
    public void Tried_servers_are_known_until_they_are_forgotten()
    {
        MemcachedServer[] servers = [.. Enumerable.Range(0, 70).Select(i => Make(i, new CutCable()))];
        var tried = default(TriedServers);
        for (var i = 0; i < servers.Length; i++)
        {
            Assert.False(tried.Contains(servers[i]));
            tried.Add(servers[i]);
            Assert.All(servers[..(i + 1)], server => Assert.True(tried.Contains(server)));
        }

        tried.Clear();
        Assert.All(servers, server => Assert.False(tried.Contains(server)));
    }

    private static MemcachedServer Make(int number, ChannelConnector connector) => new(
        new MemcachedServerOptions($"cache-{number}", 1), new ServerLink($"cache-{number}:1", connector, Settings, new ReplyLoops(1)));

    private static async Task<MemcachedServer[]> MakeAsync(string failed)
    {
        MemcachedServer[] servers = [.. Enumerable.Range(0, 3).Select(i => Make(i, new CutCable()))];
        foreach (var index in failed)
        {
            var operation = new StatusOperation();
            operation.Begin(Verb.Delete, "k"u8);
            servers[index - '0'].Link.Send(operation);
            await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await operation.AsBoolean());
        }

        return servers;
    }

    private sealed class AlwaysFirst : IHashStrategy
    {
        public int Find(ReadOnlySpan<byte> key) => 0;
    }

    private sealed class CutCable(Action? opened = null) : ChannelConnector
    {
        public override ByteChannel Open(ConnectDeadline deadline)
        {
            opened?.Invoke();
            throw new IOException("cable cut");
        }
    }

    private sealed class Recorded(int[] order) : FailoverSequence
    {
        public override int FindCandidate(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt) => order[attempt];
    }
}

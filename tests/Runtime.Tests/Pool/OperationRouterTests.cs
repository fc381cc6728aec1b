using TypedCache.Hashing;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Tests.Pool;

public class OperationRouterTests
{
    private static readonly LinkSettings Settings = new(
        TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan, new ConnectionLimits(TimeSpan.FromSeconds(30), 1000, 1000), MemcachedProtocol.Auto, Credentials: null, TimeProvider.System);

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
        Assert.Equal(expected < 0 ? null : expected, router.Find("k"u8));
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(3, -1)]
    [InlineData(4, 1)]
    public async Task Only_so_many_places_of_the_failover_order_are_looked_at(int attempts, int expected)
    {
        var servers = await MakeAsync("02");
        var router = new OperationRouter(servers, new AlwaysFirst(), new Recorded([0, 2, 2, 1]), attempts);
        Assert.Equal(expected < 0 ? null : expected, router.Find("k"u8));
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

    private static async Task<MemcachedServer[]> MakeAsync(string failed)
    {
        MemcachedServer[] servers = [.. Enumerable.Range(0, 3).Select(i =>
            new MemcachedServer(new MemcachedServerOptions($"cache-{i}", 1), new ServerLink($"cache-{i}:1", new CutCable(), Settings, new ReplyLoops(1))))];
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

    private sealed class CutCable : ChannelConnector
    {
        public override ByteChannel Open(ConnectDeadline deadline) => throw new IOException("cable cut");
    }

    private sealed class Recorded(int[] order) : FailoverSequence
    {
        public override int FindCandidate(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt) => order[attempt];
    }
}

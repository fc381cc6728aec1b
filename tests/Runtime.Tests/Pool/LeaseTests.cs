using TypedCache.Pool;
using TypedCache.Transport;

namespace TypedCache.Tests.Pool;

public class LeaseTests
{
    private static readonly LinkSettings Settings = new(
        TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan, new ConnectionLimits(TimeSpan.FromSeconds(30), 1000, 1000), MemcachedProtocol.Auto, credentials: null, TimeProvider.System);

    [Fact]
    public void States_of_an_item_are_told_apart_by_server_CAS_number_and_life_of_the_server()
    {
        var (first, second) = (Make("cache-1"), Make("cache-2"));
        var lease = new Lease(first, 7, 1);

        Assert.Equal(lease, new Lease(first, 7, 1));
        Assert.NotEqual(lease, new Lease(second, 7, 1));
        Assert.NotEqual(lease, new Lease(first, 8, 1));
        Assert.NotEqual(lease, new Lease(first, 7, 2));
    }

    [Fact]
    public void No_answer_and_a_server_without_leases_are_two_things()
    {
        Assert.NotEqual(Lease.Unknown, Lease.Unreachable);
        Assert.False(Lease.Unknown.IsReal);
        Assert.False(Lease.Unreachable.IsReal);
        Assert.True(new Lease(Make("cache-1"), 7, 1).IsReal);
    }

    private static MemcachedServer Make(string host) => new(new MemcachedServerOptions(host), new ServerLink(host, new NoChannel(), Settings, new ReplyLoops(1)));

    private sealed class NoChannel : ChannelConnector
    {
        public override ByteChannel Open(ConnectDeadline deadline) => throw new NotSupportedException();
    }
}

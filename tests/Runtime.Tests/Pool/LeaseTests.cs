using TypedCache.Pool;
using TypedCache.Transport;

namespace TypedCache.Tests.Pool;

public class LeaseTests
{
    private static readonly LinkSettings Settings = new(
        TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan, new ConnectionLimits(TimeSpan.FromSeconds(30), 1000, 1000), MemcachedProtocol.Auto, Credentials: null, TimeProvider.System);

    [Fact]
    public void States_of_an_item_are_told_apart_by_server_and_CAS_number()
    {
        var (first, second) = (Make("cache-1"), Make("cache-2"));
        var lease = new Lease(first, 7, 1);

        Assert.Equal(lease, new Lease(first, 7, 1));
        Assert.Equal(lease.GetHashCode(), new Lease(first, 7, 2).GetHashCode());
        Assert.NotEqual(lease, new Lease(second, 7, 1));
        Assert.NotEqual(lease, new Lease(first, 8, 1));
    }

    // The connection for large values counts by itself: a key that is read over both is still one item.
    [Fact]
    public void The_generation_is_kept_and_tells_no_states_apart()
    {
        var server = Make("cache-1");
        var lease = new Lease(server, 7, 3);

        Assert.Equal(3, lease.Generation);
        Assert.Equal(new Lease(server, 7, 1), lease);
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

using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Transport.Health;

namespace TypedCache.Tests.Transport.Health;

/// <summary>How many servers may be taken out.</summary>
public sealed class UsableShareTests
{
    [Theory]
    [InlineData(1, 1.0, 0)]
    [InlineData(2, 0.5, 1)]
    [InlineData(2, 1.0, 1)]
    [InlineData(3, 0.1, 1)]
    [InlineData(3, 0.5, 1)]
    [InlineData(4, 0.5, 2)]
    [InlineData(7, 1.0, 6)]
    [InlineData(100, 0.29, 29)]
    [InlineData(100, 0.295, 29)]
    public void So_many_may_go(int servers, double most, int expected)
    {
        var loops = new ReplyLoops(1);
        var settings = new LinkSettings(
            TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), new ConnectionLimits(TimeSpan.FromSeconds(1), 1000, 1000), MemcachedProtocol.Auto, credentials: null, TimeProvider.System);
        ServerLink[] links = [.. Enumerable.Range(0, servers).Select(i => new ServerLink($"s{i}:1", new Unused(), settings, loops))];
        var share = new UsableShare(most) { Links = links };

        var gone = 0;
        foreach (var link in links.Where(share.MayLose))
        {
            link.Disable();
            gone++;
        }

        Assert.Equal(expected, gone);
        Array.ForEach(links, link => link.Dispose());
    }

    private sealed class Unused : ChannelConnector
    {
        public override ByteChannel Open(ConnectDeadline deadline) => throw new InvalidOperationException();
    }
}

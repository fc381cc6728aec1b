using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Transport;

public class ServerLinkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_which_wait_for_a_connection_hear_of_the_end_of_the_pool()
    {
        var link = Connecting.Link();
        var answer = Delete(link, long.MaxValue);
        await Task.Delay(100, Token);

        link.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => answer.WaitAsync(Patience, Token));
    }

    // Others come from a connection which has ended, or from another server, while the heartbeat may have stopped.
    [Fact]
    public async Task Operations_are_looked_after_wherever_they_come_from()
    {
        using var link = Connecting.Link();
        using var heartbeat = new Heartbeat([link], new ReplyLoops(1));

        var answer = Delete(link, Environment.TickCount64 + 50);

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => answer.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task A_lease_keeps_the_number_of_the_newest_connection_there_was()
    {
        using var probe = new ConnectionProbe();

        Assert.Equal(1, await ReadGenerationAsync(probe));
        Assert.Equal(1, await ReadGenerationAsync(probe));
        probe.Channel.RefusesSends = true;
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => probe.Get("lost").Answer.WaitAsync(Patience, Token));
        Assert.Equal(2, await ReadGenerationAsync(probe));
    }

    private static async Task<int> ReadGenerationAsync(ConnectionProbe probe)
    {
        var operation = new ReadOperation<string>();
        operation.Begin(Verb.GetOrLease, "k"u8);
        operation.Decode(CacheCodecs.String, new ValuePipeline(ValueDialect.Pecl, new CompressionOptions()));
        var opaque = operation.Request.Opaque;
        var answer = probe.Send(operation, operation.AsLeaseRead()).AsTask();
        await probe.UntilSentAsync($"O{opaque}\r\n");
        probe.Channel.Deliver($"VA 1 f0 c7 O{opaque}\r\nv\r\n");
        return (await answer.WaitAsync(Patience, Token)).Lease.Generation;
    }

    private static Task<bool> Delete(ServerLink link, long deadline)
    {
        var operation = new StatusOperation { Deadline = deadline };
        operation.Begin(Verb.Delete, Encoding.UTF8.GetBytes("k"));
        var answer = operation.AsBoolean().AsTask();
        link.Send(operation);
        return answer;
    }

    /// <summary>Connects for ever.</summary>
    private sealed class Connecting : ChannelConnector
    {
        public static ServerLink Link() => new("slow:1", new Connecting(), new LinkSettings(
            TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), new ConnectionLimits(TimeSpan.FromSeconds(30), 1_000_000, 1_000_000), MemcachedProtocol.Auto, credentials: null, TimeProvider.System), new ReplyLoops(1));

        public override ByteChannel Open(ConnectDeadline deadline)
        {
            deadline.Wait(static time =>
            {
                Thread.Sleep(time);
                return false;
            });
            throw new InvalidOperationException("It ends with its deadline.");
        }
    }
}

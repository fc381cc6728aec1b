using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>The questions of a new connection while no call is pending, so that nothing else keeps the heartbeat awake.</summary>
[Collection(nameof(BlocksThreadPool))]
public sealed class UnattendedHandshakeTests
{
    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_probe_succeeds_although_the_heartbeat_had_ended_and_the_thread_pool_has_no_thread_to_spare()
    {
        using var probe = new ConnectionProbe();
        await probe.ConnectAsync();
        await BlockReaderAsync(probe);
        await Task.Factory.StartNew(() => FailAndProbe(probe), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static void FailAndProbe(ConnectionProbe probe)
    {
        using var busy = new BusyThreadPool();
        var opened = 0;
        probe.Opening = () =>
        {
            if (Interlocked.Increment(ref opened) == 1)
            {
                throw new IOException("Nobody listens.");
            }

            Assert.True(SpinWait.SpinUntil(() => !probe.IsLookedAfter, Patience), "the heartbeat goes on for nothing");
        };
        var lost = probe.Channel;
        lost.Close();

        // Until one of them finds the connection gone and asks for another, which fails.
        Assert.True(SpinWait.SpinUntil(() => probe.Get("k").Answer.IsFaulted && Volatile.Read(ref opened) > 0, Patience), "no other connection was asked for");

        Assert.True(SpinWait.SpinUntil(() => probe.Channel != lost && probe.Channel.Sent.EndsWith("mn\r\n", StringComparison.Ordinal), Patience), "the first answer is not read");
        Assert.Equal(2, Volatile.Read(ref opened));
    }

    // From now on, replies are handed to the thread pool.
    private static async Task BlockReaderAsync(ConnectionProbe probe)
    {
        var (request, answer) = probe.Get("blocks");
        var blocked = answer.ContinueWith(
            _ => ReplyLoop.BeforeBlocking(), Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await probe.UntilSentAsync($"O{request.Request.Opaque}\r\n");
        probe.Channel.Deliver($"EN O{request.Request.Opaque}\r\n");
        await blocked.WaitAsync(Patience, Token);
    }
}

namespace TypedCache.Tests.Transport;

/// <summary>A caller's continuation holds a connection's reader while the connection ends.</summary>
public class BlockedReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_behind_it_hear_of_the_end_of_a_connection_which_has_been_replaced()
    {
        using var probe = new ConnectionProbe(beats: false);
        using var release = new ManualResetEventSlim();
        var lost = probe.Channel;
        var owed = await BlockReaderAsync(probe, release);

        lost.RefusesSends = true;
        var (_, refused) = probe.Get("refused");

        // The reader is blocked: the heartbeat sends what is left to it, and finds it another thread.
        using var beats = new Timer(_ => probe.Check(), null, 0, 10);
        await ConnectionProbe.UntilClosedAsync(lost);
        var (request, next) = probe.Get("next");
        await probe.UntilReplacedAsync(lost);
        await probe.UntilSentAsync($"O{request.Request.Opaque}\r\n");
        probe.Channel.Deliver($"EN O{request.Request.Opaque}\r\n");

        Assert.Null(await next.WaitAsync(Patience, Token));
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => owed.WaitAsync(Patience, Token));
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => refused.WaitAsync(Patience, Token));
        release.Set();
    }

    [Fact]
    public async Task Callers_behind_it_hear_of_the_end_of_the_pool()
    {
        var probe = new ConnectionProbe(beats: false);
        using var release = new ManualResetEventSlim();
        var owed = await BlockReaderAsync(probe, release);

        probe.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => owed.WaitAsync(Patience, Token));
        release.Set();
    }

    // Gives a call whose reply is due while the continuation of the call before it blocks the reader.
    private static async Task<Task<string?>> BlockReaderAsync(ConnectionProbe probe, ManualResetEventSlim release)
    {
        // The reader runs continuations itself once it has seen that they are quick.
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await CallQuicklyAsync(probe, calls: 50);
            var (first, answer) = probe.Get("first");
            var (second, owed) = probe.Get("second");
            await probe.UntilSentAsync($"O{second.Request.Opaque}\r\n");
            var onReader = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = answer.ContinueWith(
                _ => BlockIfOnReader(onReader, release), Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            probe.Channel.Deliver($"EN O{first.Request.Opaque}\r\n");
            if (await onReader.Task.WaitAsync(Patience, Token))
            {
                return owed;
            }

            probe.Channel.Deliver($"EN O{second.Request.Opaque}\r\n");
            await owed.WaitAsync(Patience, Token);
        }

        throw new InvalidOperationException("No continuation has run on the reader.");
    }

    private static async Task CallQuicklyAsync(ConnectionProbe probe, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            var (request, answer) = probe.Get("quick");
            await probe.UntilSentAsync($"O{request.Request.Opaque}\r\n");
            probe.Channel.Deliver($"EN O{request.Request.Opaque}\r\n");
            Assert.True(SpinWait.SpinUntil(() => answer.IsCompleted, Patience), "no answer");
        }
    }

    private static void BlockIfOnReader(TaskCompletionSource<bool> onReader, ManualResetEventSlim release)
    {
        var blocks = Thread.CurrentThread.Name?.StartsWith("memcached", StringComparison.Ordinal) == true;
        onReader.SetResult(blocks);
        if (blocks)
        {
            release.Wait(6 * Patience, CancellationToken.None);
        }
    }
}

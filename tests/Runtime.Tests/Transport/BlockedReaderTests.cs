namespace TypedCache.Tests.Transport;

/// <summary>A caller's continuation holds a connection's reader while the connection ends.</summary>
public class BlockedReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_behind_it_hear_of_the_end_of_a_connection_which_has_been_replaced()
    {
        using var probe = new ConnectionProbe();
        using var release = new ManualResetEventSlim();
        var lost = probe.Channel;
        var owed = await BlockReaderAsync(probe, release);

        lost.RefusesSends = true;
        var (_, refused) = probe.Get("refused");
        var (request, next) = probe.Get("next");
        await probe.UntilReplacedAsync(lost);
        await probe.UntilSentAsync($"O{request.Opaque}\r\n");
        probe.Channel.Deliver($"EN O{request.Opaque}\r\n");

        Assert.Null(await next.WaitAsync(Patience, Token));
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => owed.WaitAsync(Patience, Token));
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => refused.WaitAsync(Patience, Token));
        release.Set();
    }

    [Fact]
    public async Task Callers_behind_it_hear_of_the_end_of_the_pool()
    {
        var probe = new ConnectionProbe();
        using var release = new ManualResetEventSlim();
        var owed = await BlockReaderAsync(probe, release);

        probe.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => owed.WaitAsync(Patience, Token));
        release.Set();
    }

    // Gives a call whose reply is due while the continuation of the call before it blocks.
    private static async Task<Task<string?>> BlockReaderAsync(ConnectionProbe probe, ManualResetEventSlim release)
    {
        var (first, answer) = probe.Get("first");
        var (second, owed) = probe.Get("second");
        await probe.UntilSentAsync($"O{second.Opaque}\r\n");
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = answer.ContinueWith(
            _ =>
            {
                blocked.SetResult();
                release.Wait(Patience, CancellationToken.None);
            },
            Token,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        probe.Channel.Deliver($"EN O{first.Opaque}\r\n");
        await blocked.Task.WaitAsync(Patience, Token);
        return owed;
    }
}

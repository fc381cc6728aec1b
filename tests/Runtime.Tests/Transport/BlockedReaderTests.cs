using System.Collections.Concurrent;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>A caller's continuation holds a connection's reader.</summary>
public class BlockedReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static bool IsReader => Thread.CurrentThread.Name?.StartsWith("memcached", StringComparison.Ordinal) == true;

    [Fact]
    public async Task Callers_behind_it_hear_of_the_end_of_a_connection_which_has_been_replaced()
    {
        using var probe = new ConnectionProbe(beats: false);
        using var release = new ManualResetEventSlim();
        var lost = probe.Channel;
        var (owed, _) = await BlockReaderAsync(probe, release);

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
        var (owed, _) = await BlockReaderAsync(probe, release);

        probe.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => owed.WaitAsync(Patience, Token));
        release.Set();
    }

    [Fact]
    public async Task The_server_is_not_blamed_for_the_time_in_which_it_holds_the_reader()
    {
        using var probe = new ConnectionProbe(beats: false);
        using var release = new ManualResetEventSlim();
        var (owed, owing) = await BlockReaderAsync(probe, release);
        var channel = probe.Channel;
        for (var i = 0; i < 10; i++)
        {
            probe.Check(later: TimeSpan.FromMinutes(1));
        }

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => owed.WaitAsync(Patience, Token));
        Assert.False(channel.IsClosed);

        // Meanwhile another thread reads, while the first one is still held.
        var (request, next) = probe.Get("next");
        await probe.UntilSentAsync($"O{request.Request.Opaque}\r\n");
        channel.Deliver($"EN O{owing}\r\nEN O{request.Request.Opaque}\r\n");
        Assert.Null(await next.WaitAsync(Patience, Token));
        Assert.False(channel.IsClosed);
        release.Set();
    }

    // No heartbeat comes to send what the thread has held back, and to find the connection another reader.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_it_asks_for_and_blocks_on_leaves_at_once(bool withinBatch)
    {
        using var probe = new ConnectionProbe(beats: false);
        await probe.ConnectAsync();
        using var asked = new BlockingCollection<string>();
        var (outer, before) = probe.Get("outer");
        var blocked = before.ContinueWith(
            _ => AskAndBlock(probe, asked, withinBatch), Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await probe.UntilSentAsync($"O{outer.Request.Opaque}\r\n");
        probe.Channel.Deliver($"EN O{outer.Request.Opaque}\r\n");

        await Task.Run(
            async () =>
            {
                foreach (var opaque in asked.GetConsumingEnumerable(Token))
                {
                    await probe.UntilSentAsync($"{opaque}\r\n");
                    probe.Channel.Deliver($"EN {opaque}\r\n");
                }
            },
            Token).WaitAsync(6 * Patience, Token);

        Assert.True(await blocked.WaitAsync(Patience, Token), "the continuation has not begun on the reader");
    }

    // Tells whether it was called on a reader.
    private static bool AskAndBlock(ConnectionProbe probe, BlockingCollection<string> asked, bool withinBatch)
    {
        var isReader = IsReader;
        try
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.Null(SendBatch.Current);
                var sends = withinBatch ? SendBatch.Begin() : null;
                var held = withinBatch ? Ask(probe, asked).AsTask() : Task.FromResult<string?>(null);
#pragma warning disable CA2012 // It is supported, and what this is about.
                Assert.Null(Ask(probe, asked).GetAwaiter().GetResult());
#pragma warning restore CA2012
                sends?.End();

                // Its reply has been read: the one behind it has been. A busy pool may still have to hand it out.
                Assert.True(held.Wait(Patience), "the reply before has not been handed out");
            }
        }
        finally
        {
            asked.CompleteAdding();
        }

        return isReader;
    }

    private static ValueTask<string?> Ask(ConnectionProbe probe, BlockingCollection<string> asked)
    {
        var operation = ConnectionProbe.BeginGet("inner");
        var opaque = $"O{operation.Request.Opaque}";
        var answer = probe.Send(operation, operation.AsValue());
        asked.Add(opaque);
        return answer;
    }

    // Gives a call whose reply is due while the continuation of the call before it blocks the reader.
    private static async Task<(Task<string?> Owed, uint Opaque)> BlockReaderAsync(ConnectionProbe probe, ManualResetEventSlim release)
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
                return (owed, second.Request.Opaque);
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
        var blocks = IsReader;
        onReader.SetResult(blocks);
        if (blocks)
        {
            release.Wait(6 * Patience, CancellationToken.None);
        }
    }
}

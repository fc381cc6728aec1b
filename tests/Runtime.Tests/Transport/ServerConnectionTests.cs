using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public class ServerConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Replies_may_be_cut_anywhere(int pieceLength)
    {
        using var probe = new ConnectionProbe();
        var length = Replies("O0", "O0", "O0").Length;
        for (var cut = 1; cut < length; cut++)
        {
            var (first, value) = probe.Get("value");
            var (second, miss) = probe.Get("miss");
            var (third, empty) = probe.Get("empty");
            var replies = Replies($"O{first.Request.Opaque}", $"O{second.Request.Opaque}", $"O{third.Request.Opaque}");
            await probe.UntilSentAsync($"O{third.Request.Opaque}\r\n");
            if (pieceLength == 0)
            {
                probe.Channel.Deliver(replies[..cut]);
                probe.Channel.Deliver(replies[cut..]);
            }
            else
            {
                foreach (var piece in replies.Chunk(pieceLength))
                {
                    probe.Channel.Deliver(new string(piece));
                }
            }

            Assert.Equal("\r\nEN\r\n", await value.WaitAsync(Patience, Token));
            Assert.Null(await miss.WaitAsync(Patience, Token));
            Assert.Equal("", await empty.WaitAsync(Patience, Token));
        }
    }

    // Both replies are read before the first caller continues, so nothing is pending any more while it blocks.
    [Fact]
    public async Task A_continuation_which_blocks_on_a_reply_read_together_with_its_own_does_not_deadlock()
    {
        using var probe = new ConnectionProbe();
        for (var round = 0; round < 5; round++)
        {
            var (first, before) = probe.Get("first");
            var (second, answer) = probe.Get("second");
            var blocked = before.ContinueWith(_ => answer.GetAwaiter().GetResult(), Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await probe.UntilSentAsync($"O{second.Request.Opaque}\r\n");

            probe.Channel.Deliver(Value("1", first) + Value("2", second));

            Assert.Equal("2", await blocked.WaitAsync(Patience, Token));
        }
    }

    [Fact]
    public async Task Many_continuations_may_block_on_each_others_replies()
    {
        using var probe = new ConnectionProbe();
        for (var round = 0; round < 5; round++)
        {
            (ReadOperation<string> Request, Task<string?> Answer)[] calls = [.. Enumerable.Range(0, 20).Select(i => probe.Get($"k{i}"))];
            Task<string?>[] blocked = [.. calls[..^1].Select((call, i) => call.Answer.ContinueWith(
                _ => calls[i + 1].Answer.GetAwaiter().GetResult(), Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default))];
            await probe.UntilSentAsync($"O{calls[^1].Request.Request.Opaque}\r\n");

            probe.Channel.Deliver(string.Concat(calls.Select((call, i) => Value($"{i}", call.Request))));

            Assert.Equal(Enumerable.Range(1, 19).Select(i => $"{i}"), await Task.WhenAll(blocked).WaitAsync(Patience, Token));
        }
    }

    // The request which a blocked caller waits for is still held back in its thread's batch of sends.
    [Fact]
    public async Task A_continuation_may_block_on_a_request_which_it_makes()
    {
        using var probe = new ConnectionProbe();
        for (var round = 0; round < 5; round++)
        {
            ReadOperation<string>? inner = null;
            var (outer, before) = probe.Get("outer");
            var blocked = before.ContinueWith(
                _ =>
                {
                    (inner, var answer) = probe.Get("inner");
                    return answer.GetAwaiter().GetResult();
                },
                Token,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            await probe.UntilSentAsync($"O{outer.Request.Opaque}\r\n");
            probe.Channel.Deliver(Value("outer", outer));
            while (Volatile.Read(ref inner) is null)
            {
                await Task.Delay(1, Token);
            }

            await probe.UntilSentAsync($"O{inner!.Request.Opaque}\r\n");
            probe.Channel.Deliver(Value("inner", inner));

            Assert.Equal("inner", await blocked.WaitAsync(Patience, Token));
        }
    }

    // Without opaque tokens nothing else tells that the reply is not its own.
    [Fact]
    public async Task A_reply_does_not_answer_a_request_which_has_not_been_sent()
    {
        using var line = await LoopbackLine.OpenAsync();
        var loops = new ReplyLoops(1);
        loops.Add(line.Connection);
        var first = line.Get("first").AsTask();
        Task<string?> second = null!;
        var held = new Thread(() =>
        {
            var sends = SendBatch.Begin();
            second = line.Get("second", sendsAtOnce: false).AsTask();
            line.Reply("1");
            line.Reply("again");
            Assert.True(SpinWait.SpinUntil(() => line.Ended.Task.IsCompleted || second.IsCompleted, Patience), "nothing happens");
            sends.End();
        });
        held.Start();
        held.Join();

        Assert.Equal("1", await first.WaitAsync(Patience, Token));
        await line.Ended.Task.WaitAsync(Patience, Token);
        Assert.False(second.IsCompletedSuccessfully);
    }

    private static string Value(string text, ReadOperation<string> request) => $"VA {text.Length} f0 O{request.Request.Opaque}\r\n{text}\r\n";

    private static string Replies(string first, string second, string third) =>
        $"VA 6 f0 {first}\r\n\r\nEN\r\n\r\nEN {second}\r\nVA 0 f0 {third}\r\n\r\n";
}

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
        for (var attempt = 0; ; attempt++)
        {
            using var loop = new ReplyLoop("memcached test");
            using var line = await LoopbackLine.OpenAsync();
            loop.Add(line.Connection);
            var (isEnded, isAnswered, isSent) = await Task.Run(() => AnswerHeld(line), Token).WaitAsync(Patience, Token);
            if (attempt < 20 && isSent)
            {
                // The loop was just seeing to the connection.
                continue;
            }

            Assert.True(isEnded);
            Assert.False(isAnswered);
            return;
        }
    }

    // It says so while the sender has not yet found out that there is too little room: then nobody else will.
    [Fact]
    public async Task Room_that_comes_before_the_sender_waits_for_it_is_used()
    {
        using var probe = new ConnectionProbe();
        await probe.ConnectAsync();
        var channel = probe.Channel;
        channel.TakeRoom = length =>
        {
            channel.TakeRoom = null;
            using var received = new ManualResetEventSlim();
            channel.Receiving = received.Set;
            channel.Ready!();
            Assert.True(received.Wait(Patience), "the loop does not receive");
            channel.Receiving = null;
            return length / 2;
        };

        var sends = SendBatch.Begin();
        var (request, answer) = probe.Get("key");
        sends.End();

        await probe.UntilSentAsync($"O{request.Request.Opaque}\r\n");
        channel.Deliver($"EN O{request.Request.Opaque}\r\n");
        Assert.Null(await answer.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task A_caller_does_not_send_for_others_for_ever()
    {
        const int Requests = 1000;
        using var probe = new ConnectionProbe(beats: false);
        await probe.ConnectAsync();
        ReadOperation<string>? last = null;
        var (asked, ownSends, caller) = (0, 0, Thread.CurrentThread);
        probe.Channel.TakeRoom = length =>
        {
            ownSends += Thread.CurrentThread == caller ? 1 : 0;
            if (asked < Requests)
            {
                last = probe.Get("other").Request;
                Interlocked.Increment(ref asked);
            }

            return length;
        };

        var sends = SendBatch.Begin();
        probe.Get("own");
        sends.End();

        Assert.InRange(ownSends, 1, 100);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref asked) == Requests, Patience), "the others are not sent");
        await probe.UntilSentAsync($"O{last!.Request.Opaque}\r\n");
    }

    // What the server has sent meanwhile waits in the socket.
    [Fact]
    public async Task A_server_is_not_blamed_for_time_in_which_nobody_has_read()
    {
        using var probe = new ConnectionProbe(beats: false);
        await probe.ConnectAsync();
        var channel = probe.Channel;
        using var reads = new ManualResetEventSlim();
        var (request, answer) = probe.Get("key");
        await probe.UntilSentAsync($"O{request.Request.Opaque}\r\n");

        // The loop's thread does not run, as on a machine that stands still.
        channel.Receiving = () => reads.Wait(Patience);
        channel.Deliver($"EN O{request.Request.Opaque}\r\n");
        for (var i = 0; i < 10; i++)
        {
            probe.Check(later: TimeSpan.FromMinutes(1));
        }

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => answer.WaitAsync(Patience, Token));
        Assert.False(channel.IsClosed);
        channel.Receiving = null;
        reads.Set();
        var (next, read) = probe.Get("next");
        await probe.UntilSentAsync($"O{next.Request.Opaque}\r\n");
        channel.Deliver($"EN O{next.Request.Opaque}\r\n");
        Assert.Null(await read.WaitAsync(Patience, Token));
    }

    // A machine may sleep, or a debugger hold the process: afterwards the reply is there, and nobody has read it yet.
    [Fact]
    public async Task A_server_is_not_blamed_for_time_in_which_the_whole_process_stood_still()
    {
        using var probe = new ConnectionProbe(beats: false);
        await probe.ConnectAsync();
        var (request, answer) = probe.Get("key");
        await probe.UntilSentAsync($"O{request.Request.Opaque}\r\n");
        await Task.Delay(50, Token);

        probe.Check(later: TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => answer.WaitAsync(Patience, Token));
        Assert.False(probe.Channel.IsClosed);
    }

    [Fact]
    public async Task A_server_that_is_silent_while_it_is_read_is_given_up()
    {
        using var probe = new ConnectionProbe(beats: false, operationTimeout: TimeSpan.FromMilliseconds(100));
        await probe.ConnectAsync();
        var channel = probe.Channel;
        var (_, answer) = probe.Get("key");

        while (!channel.IsClosed)
        {
            probe.Check();
            await Task.Delay(5, Token);
        }

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => answer.WaitAsync(Patience, Token));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OutOfMemoryException))]
    public async Task Whatever_a_send_throws_closes_the_connection(Type kind)
    {
        using var probe = new ConnectionProbe();
        await probe.ConnectAsync();
        var broken = probe.Channel;
        broken.TakeRoom = _ => throw (Exception)Activator.CreateInstance(kind)!;

        var (_, lost) = probe.Get("lost");

        await Assert.ThrowsAsync<MemcachedConnectionException>(() => lost.WaitAsync(Patience, Token));
        Assert.True(broken.IsClosed);
        Assert.DoesNotContain("mg lost", broken.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_breaks_off_behind_its_line_is_not_sent_and_leaves_the_others_in_step()
    {
        using var loop = new ReplyLoop("memcached test");
        using var line = await LoopbackLine.OpenAsync();
        line.Connection.Protocol = new BreakingProtocol("broken");
        loop.Add(line.Connection);
        var broken = new StatusOperation();
        broken.Begin(Verb.Set, "broken"u8);
        "\r\nmd other\r\n"u8.CopyTo(broken.Request.Payload.Resize(12));

        Assert.Throws<InsufficientMemoryException>(() => line.Connection.TrySend(broken));

        var answer = line.Get("next");
        Assert.Matches("^mg next[^\\r\\n]*\\r\\n$", line.Receive());
        line.Reply("v");
        Assert.Equal("v", await answer.AsTask().WaitAsync(Patience, Token));
    }

    // What follows would be taken for the rest of its value, and the rest of its value for commands.
    [Fact]
    public async Task Nothing_follows_a_request_that_has_left_in_part()
    {
        using var probe = new ConnectionProbe();
        await probe.ConnectAsync();
        var broken = probe.Channel;
        broken.TakeRoom = length =>
        {
            broken.TakeRoom = _ => throw new InsufficientMemoryException();
            return length / 2;
        };
        var set = new StatusOperation();
        set.Begin(Verb.Set, "cut"u8);
        "\r\nmd other\r\n"u8.CopyTo(set.Request.Payload.Resize(12));

        var lost = probe.Send(set, set.AsBoolean()).AsTask();

        await Assert.ThrowsAsync<MemcachedConnectionException>(() => lost.WaitAsync(Patience, Token));
        var (next, answer) = probe.Get("next");
        await probe.UntilReplacedAsync(broken);
        await probe.UntilSentAsync($"O{next.Request.Opaque}\r\n");
        probe.Channel.Deliver($"EN O{next.Request.Opaque}\r\n");
        Assert.Null(await answer.WaitAsync(Patience, Token));
        Assert.Contains("ms cut", broken.Sent, StringComparison.Ordinal);
        Assert.DoesNotContain("md other", broken.Sent, StringComparison.Ordinal);
        Assert.DoesNotContain("mg next", broken.Sent, StringComparison.Ordinal);
    }

    private static (bool IsEnded, bool IsAnswered, bool IsSent) AnswerHeld(LoopbackLine line)
    {
        var sends = SendBatch.Begin();
        var held = line.GetHeld("held").AsTask();
        line.ReplyUnasked("v");
        SpinWait.SpinUntil(() => line.Ended.Task.IsCompleted || held.IsCompleted, Patience);
        var isSent = line.HasRequests;
        sends.End();
        return (line.Ended.Task.IsCompleted, held.IsCompletedSuccessfully, isSent);
    }

    private static string Value(string text, ReadOperation<string> request) => $"VA {text.Length} f0 O{request.Request.Opaque}\r\n{text}\r\n";

    private static string Replies(string first, string second, string third) =>
        $"VA 6 f0 {first}\r\n\r\nEN\r\n\r\nEN {second}\r\nVA 0 f0 {third}\r\n\r\n";
}

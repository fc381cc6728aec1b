using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>Connections which share one reading thread.</summary>
public sealed class ReplyLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pollers.All), MemberType = typeof(Pollers))]
    public async Task A_connection_which_comes_while_the_loop_waits_for_others_is_read_too(string poller)
    {
        using var loop = Pollers.CreateLoop(poller);
        using var first = await OpenAsync(loop);
        await AskAsync(first, "a");
        using var second = await OpenAsync(loop);
        await AskAsync(second, "b");
        using var third = await OpenAsync(loop);

        // Each of them is still read, in every order.
        await AskAsync(third, "c");
        await AskAsync(first, "d");
        await AskAsync(second, "e");
    }

    [Theory]
    [MemberData(nameof(Pollers.All), MemberType = typeof(Pollers))]
    public async Task The_end_of_one_connection_leaves_the_others_and_the_last_one_lets_new_ones_come(string poller)
    {
        using var loop = Pollers.CreateLoop(poller);
        using var first = await OpenAsync(loop);
        using var second = await OpenAsync(loop);
        var lost = first.Get("lost").AsTask();

        first.HangUp();

        await Assert.ThrowsAsync<MemcachedConnectionException>(() => lost.WaitAsync(Patience, Token));
        await AskAsync(second, "a");
        second.HangUp();
        await second.Ended.Task.WaitAsync(Patience, Token);
        using var third = await OpenAsync(loop);
        await AskAsync(third, "b");
    }

    [Theory]
    [MemberData(nameof(Pollers.All), MemberType = typeof(Pollers))]
    public async Task A_continuation_which_blocks_on_one_connection_holds_up_no_other(string poller)
    {
        using var loop = Pollers.CreateLoop(poller);
        using var first = await OpenAsync(loop);
        using var second = await OpenAsync(loop);
        using var blocks = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocked = BlockAsync(first.Get("a"), reached, blocks);
        var other = second.Get("b").AsTask();
        first.Reply("a");
        await reached.Task.WaitAsync(Patience, Token);
        second.Reply("b");

        while (!other.IsCompleted)
        {
            loop.Check(Environment.TickCount64);
            await Task.Delay(1, Token);
        }

        Assert.Equal("b", await other);
        Assert.False(blocked.IsCompleted);
        blocks.Set();
        await blocked.WaitAsync(Patience, Token);
        await AskAsync(first, "c");
        await AskAsync(second, "d");
    }

    // What one thread reads of all connections, it answers with one send for each of them.
    [Theory]
    [MemberData(nameof(Pollers.All), MemberType = typeof(Pollers))]
    public async Task Many_callers_of_several_connections_get_their_own_answers(string poller)
    {
        using var loop = Pollers.CreateLoop(poller);
        LoopbackLine[] lines = [await OpenAsync(loop), await OpenAsync(loop), await OpenAsync(loop)];
        for (var round = 0; round < 200; round++)
        {
            var calls = Enumerable.Range(0, 30).Select(i => lines[i % 3].Get($"{i}").AsTask()).ToArray();
            for (var i = 0; i < calls.Length; i++)
            {
                lines[i % 3].Reply($"{round}-{i}");
            }

            var answers = await Task.WhenAll(calls).WaitAsync(Patience, Token);
            Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{round}-{i}"), answers);
        }

        Array.ForEach(lines, line => line.Dispose());
    }

    private static async Task<LoopbackLine> OpenAsync(ReplyLoop loop)
    {
        var line = await LoopbackLine.OpenAsync();
        loop.Add(line.Connection);
        return line;
    }

    private static async Task AskAsync(LoopbackLine line, string value)
    {
        var answer = line.Get("key").AsTask();
        line.Reply(value);
        Assert.Equal(value, await answer.WaitAsync(Patience, Token));
    }

    // It goes on where the answer was read.
    private static async Task BlockAsync(ValueTask<string?> answer, TaskCompletionSource reached, ManualResetEventSlim blocks)
    {
        await answer.ConfigureAwait(false);
        reached.SetResult();
        blocks.Wait(Patience);
    }
}

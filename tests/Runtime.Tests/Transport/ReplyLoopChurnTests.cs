using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>Connections come and go while callers of others hold the reading threads.</summary>
public sealed class ReplyLoopChurnTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pollers.All), MemberType = typeof(Pollers))]
    public async Task Each_call_gets_its_own_answer_or_hears_of_the_end(string poller)
    {
        ReplyLoop[] loops = [Pollers.CreateLoop(poller), Pollers.CreateLoop(poller)];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var checking = CheckAsync(loops, stop.Token);
        var callers = Enumerable.Range(0, 12).Select(number => Task.Run(() => CallAsync(loops, new Random(number)), Token));

        await Task.WhenAll(callers).WaitAsync(Patience, Token);

        // Off the thread on which the last caller went on: it is a loop's, or counts as its work until it is done.
        await Task.Yield();
        Assert.True(SpinWait.SpinUntil(() => !Array.Exists(loops, loop => loop.IsBusy), Patience), "the loops are still busy");
        await stop.CancelAsync();
        await checking;
        Array.ForEach(loops, loop => loop.Dispose());
    }

    // As the heartbeat does, but more often.
    private static async Task CheckAsync(ReplyLoop[] loops, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Array.ForEach(loops, loop => loop.Check(Environment.TickCount64));
            await Task.Delay(1, CancellationToken.None);
        }
    }

    private static async Task CallAsync(ReplyLoop[] loops, Random random)
    {
        for (var life = 0; life < 30; life++)
        {
            using var line = await LoopbackLine.OpenAsync();
            loops[random.Next(loops.Length)].Add(line.Connection);
            for (var round = random.Next(20); round > 0; round--)
            {
                await AskAsync(line, random);
            }

            var owed = line.Get("owed").AsTask();
            if (random.Next(2) == 0)
            {
                line.HangUp();
            }
            else
            {
                line.Connection.CloseAsLost(null);
            }

            await Assert.ThrowsAsync<MemcachedConnectionException>(() => owed.WaitAsync(Patience, Token));
            await line.Ended.Task.WaitAsync(Patience, Token);
        }
    }

    private static async Task AskAsync(LoopbackLine line, Random random)
    {
        var calls = Enumerable.Range(0, random.Next(1, 8)).Select(i => ContinueAsync(line.Get("k"), $"{i}", random.Next(60) == 0)).ToArray();
        for (var i = 0; i < calls.Length; i++)
        {
            line.Reply($"{i}");
        }

        await Task.WhenAll(calls).WaitAsync(Patience, Token);
    }

    // It goes on where the answer was read, and some take their time there.
    private static async Task ContinueAsync(ValueTask<string?> answer, string expected, bool blocks)
    {
        Assert.Equal(expected, await answer.ConfigureAwait(false));
        if (blocks)
        {
            Thread.Sleep(15);
        }
    }
}

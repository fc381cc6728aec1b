using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>Connections come and go while callers of others hold the reading threads.</summary>
public sealed class ReplyLoopChurnTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Each_call_gets_its_own_answer_or_hears_of_the_end(int threads)
    {
        var loops = new ReplyLoops(threads);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var checking = CheckAsync(loops, stop.Token);
        var callers = Enumerable.Range(0, 12).Select(number => Task.Run(() => CallAsync(loops, new Random(number)), Token));

        await Task.WhenAll(callers).WaitAsync(Patience, Token);

        Assert.True(SpinWait.SpinUntil(() => !loops.IsBusy, Patience), "the loops are still busy");
        await stop.CancelAsync();
        await checking;
    }

    // As the heartbeat does, but more often.
    private static async Task CheckAsync(ReplyLoops loops, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            loops.Check(Environment.TickCount64);
            await Task.Delay(1, CancellationToken.None);
        }
    }

    private static async Task CallAsync(ReplyLoops loops, Random random)
    {
        for (var life = 0; life < 30; life++)
        {
            using var line = await LoopbackLine.OpenAsync();
            loops.Add(line.Connection);
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

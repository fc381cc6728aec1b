using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Transport;

public class ReplyDispatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // On a busy machine the thread which takes over may take longer to start than a blocked one is given.
    [Fact]
    public async Task A_thread_which_has_not_started_yet_does_not_lose_the_role_which_it_was_given()
    {
        var dispatcher = new ReplyDispatcher();
        var first = dispatcher.Role;
        using var blocks = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocked = BlockAsync(Add(dispatcher), reached, blocks);
        var others = Enumerable.Range(0, 20).Select(_ => Add(dispatcher).AsTask()).ToArray();
        var reader = Task.Run(() => dispatcher.CompleteAll(first, nobodyElseWaits: true), Token);
        await reached.Task.WaitAsync(Patience, Token);

        dispatcher.TryTakeOver(out _);
        Assert.True(dispatcher.TryTakeOver(out var second));
        for (var i = 0; i < 5; i++)
        {
            Assert.False(dispatcher.TryTakeOver(out _));
        }

        Assert.True(dispatcher.CompleteAll(second, nobodyElseWaits: true));
        await Task.WhenAll(others).WaitAsync(Patience, Token);
        blocks.Set();
        await blocked.WaitAsync(Patience, Token);
        Assert.False(await reader.WaitAsync(Patience, Token));
    }

    // What one side does not see of the other, the other has to see of it, at each of many encounters.
    [Fact]
    public void A_reader_which_begins_to_wait_sees_what_is_new_or_is_replaced()
    {
        const int Rounds = 300_000;
        var dispatcher = new ReplyDispatcher();
        var isNew = 0;
        var sawNew = false;
        using var begin = new Barrier(2);
        using var end = new Barrier(2);
        var reader = new Thread(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                Meet(begin);
                dispatcher.BeginWait();
                sawNew = Volatile.Read(ref isNew) == 1;
                Meet(end);
            }
        });
        reader.Start();
        var missed = 0;
        for (var i = 0; i < Rounds; i++)
        {
            dispatcher.TryEndWait(dispatcher.Role);
            Volatile.Write(ref isNew, 0);
            Meet(begin);
            Volatile.Write(ref isNew, 1);
            var replaced = dispatcher.TryTakeOverWaiting(out _);
            Meet(end);
            missed += sawNew || replaced ? 0 : 1;
        }

        reader.Join();
        Assert.Equal(0, missed);
    }

    private static void Meet(Barrier barrier) => barrier.SignalAndWait(Token);

    private static ValueTask<bool> Add(ReplyDispatcher dispatcher)
    {
        var operation = new StatusOperation();
        operation.Begin(Verb.Set, Encoding.UTF8.GetBytes("k"));
        var answer = operation.AsBoolean();
        dispatcher.Add(operation);
        return answer;
    }

    private static async Task BlockAsync(ValueTask<bool> answer, TaskCompletionSource reached, ManualResetEventSlim blocks)
    {
        await answer.ConfigureAwait(false);
        reached.SetResult();
        blocks.Wait(Patience);
    }
}

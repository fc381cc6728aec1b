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

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public class ReplyDispatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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

    // It comes back at any moment while the thread that has taken over completes, ends and begins again.
    [Fact]
    public async Task A_thread_that_has_lost_the_role_touches_nothing_when_it_comes_back()
    {
        var random = new Random(2);
        for (var round = 0; round < 2000; round++)
        {
            var dispatcher = new ReplyDispatcher();
            var first = dispatcher.Role;
            using var blocks = new ManualResetEventSlim();
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var blocked = BlockAsync(Add(dispatcher), reached, blocks);
            var others = AddMany(dispatcher, random.Next(1, 80), random.Next(80), blocks);
            var reader = Task.Run(() => dispatcher.CompleteAll(first, nobodyElseWaits: false), Token);
            await reached.Task;
            dispatcher.TryTakeOver(out _);
            Assert.True(dispatcher.TryTakeOver(out var second));

            Assert.True(dispatcher.CompleteAll(second, nobodyElseWaits: false));
            blocks.Set();
            for (var more = random.Next(3); more > 0; more--)
            {
                others.AddRange(AddMany(dispatcher, random.Next(1, 200), -1, blocks));
                Assert.True(dispatcher.CompleteAll(second, nobodyElseWaits: false));
            }

            Assert.False(await reader.WaitAsync(Patience, Token));
            await Task.WhenAll(others).WaitAsync(Patience, Token);
            await blocked.WaitAsync(Patience, Token);
        }
    }

    // The next replies come from the thread that has read the batch: it must not work through slow callers first.
    [Fact]
    public async Task What_a_slow_caller_has_left_of_a_batch_does_not_hold_up_the_reader()
    {
        var dispatcher = new ReplyDispatcher();
        using var release = new ManualResetEventSlim();
        var slow = RunAsync(Add(dispatcher), () => Spin(TimeSpan.FromMilliseconds(5)));
        var blocked = Enumerable.Range(0, 63).Select(_ => RunAsync(Add(dispatcher), () => release.Wait(2 * Patience))).ToArray();

        var reader = new Thread(() => dispatcher.CompleteAll(dispatcher.Role, nobodyElseWaits: false));
        reader.Start();

        Assert.True(reader.Join(Patience), "the reader works through slow callers");
        Assert.DoesNotContain(blocked, task => task.IsCompleted);
        release.Set();
        Assert.Same(reader, await slow);
        Assert.DoesNotContain(reader, await Task.WhenAll(blocked).WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task Callers_that_were_slow_go_on_elsewhere_from_the_start_until_they_are_quick_again()
    {
        var dispatcher = new ReplyDispatcher();
        await SlowDownAsync(dispatcher);

        Assert.Equal(0, CountInline(dispatcher, batch: 64));
        UntilInline(dispatcher, batch: 64);
    }

    // The bound for everybody who waits behind 64 callers of 5 ms each: the one that shows how slow they are.
    [Fact]
    public async Task The_reader_runs_one_slow_caller_and_no_more()
    {
        var dispatcher = new ReplyDispatcher();
        var ranInline = 0;
        for (var batch = 0; batch < 3; batch++)
        {
            var slow = Enumerable.Range(0, 64).Select(_ => RunAsync(Add(dispatcher), () => Spin(TimeSpan.FromMilliseconds(5)))).ToArray();
            var reader = new Thread(() => Assert.True(dispatcher.CompleteAll(dispatcher.Role, nobodyElseWaits: false)));
            reader.Start();
            Assert.True(reader.Join(Patience), "the reader works through slow callers");
            ranInline += (await Task.WhenAll(slow).WaitAsync(Patience, Token)).Count(thread => thread == reader);
        }

        Assert.Equal(1, ranInline);
    }

    // Nobody checks for callers behind one that blocks: there must be none.
    [Fact]
    public async Task Slow_callers_are_handed_over_one_by_one()
    {
        const int Blocking = 3;
        var dispatcher = new ReplyDispatcher();
        await SlowDownAsync(dispatcher);
        using var release = new ManualResetEventSlim();
        var blocked = new List<Task>();
        var others = new List<Task>();
        for (var i = 0; i < Blocking; i++)
        {
            blocked.Add(RunAsync(Add(dispatcher), () => release.Wait(4 * Patience)));
            others.AddRange(Enumerable.Range(0, 4).Select(_ => RunAsync(Add(dispatcher), () => { })));
        }

        Assert.True(dispatcher.CompleteAll(dispatcher.Role, nobodyElseWaits: false));

        await Task.WhenAll(others).WaitAsync(2 * Patience, Token);
        Assert.DoesNotContain(blocked, task => task.IsCompleted);
        release.Set();
        await Task.WhenAll(blocked).WaitAsync(Patience, Token);
    }

    // It would cost a new reader each time.
    [Fact]
    public void A_caller_that_blocked_the_reader_goes_on_elsewhere_even_when_it_is_alone()
    {
        var dispatcher = new ReplyDispatcher();
        UntilInline(dispatcher, batch: 1);
        var newRole = -1;
        var role = dispatcher.Role;
        _ = RunAsync(Add(dispatcher), () => Assert.True(dispatcher.TryGiveUp(role, out newRole)));
        Assert.False(dispatcher.CompleteAll(role, nobodyElseWaits: true));
        Assert.True(dispatcher.CompleteAll(newRole, nobodyElseWaits: true));

        Assert.Equal(0, CountInline(dispatcher, batch: 1));
        UntilInline(dispatcher, batch: 1);
    }

    [Fact]
    public void An_operation_that_nobody_awaits_is_not_kept()
    {
        var dispatcher = new ReplyDispatcher();

        var operations = Complete(dispatcher, count: 100);
        GC.Collect();

        Assert.DoesNotContain(operations, operation => operation.IsAlive);
        GC.KeepAlive(dispatcher);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Complete(ReplyDispatcher dispatcher, int count)
    {
        var operations = new List<WeakReference>();
        for (var i = 0; i < count; i++)
        {
            var operation = new StatusOperation();
            operation.Begin(Verb.Set, "k"u8);
            dispatcher.Add(operation);
            operations.Add(new WeakReference(operation));
        }

        Assert.True(dispatcher.CompleteAll(dispatcher.Role, nobodyElseWaits: false));
        return operations;
    }

    private static ValueTask<bool> Add(ReplyDispatcher dispatcher)
    {
        var operation = new StatusOperation();
        operation.Begin(Verb.Set, Encoding.UTF8.GetBytes("k"));
        var answer = operation.AsBoolean();
        dispatcher.Add(operation);
        return answer;
    }

    // One of them lets the blocked one go on.
    private static List<Task> AddMany(ReplyDispatcher dispatcher, int count, int releasing, ManualResetEventSlim blocks)
    {
        var added = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            added.Add(i == releasing ? RunAsync(Add(dispatcher), blocks.Set) : Add(dispatcher).AsTask());
        }

        return added;
    }

    private static async Task BlockAsync(ValueTask<bool> answer, TaskCompletionSource reached, ManualResetEventSlim blocks)
    {
        await answer.ConfigureAwait(false);
        reached.SetResult();
        blocks.Wait(Patience);
    }

    // Gives the thread on which the caller went on.
    private static async Task<Thread> RunAsync(ValueTask<bool> answer, Action work)
    {
        await answer.ConfigureAwait(false);
        work();
        return Thread.CurrentThread;
    }

    // How many quick callers of a batch went on on the thread that had read it. Nobody waits for them by a continuation, which would
    // be part of theirs.
    private static int CountInline(ReplyDispatcher dispatcher, int batch)
    {
        var callers = Enumerable.Range(0, batch).Select(_ => RunAsync(Add(dispatcher), () => { })).ToArray();
        var reader = new Thread(() => Assert.True(dispatcher.CompleteAll(dispatcher.Role, nobodyElseWaits: batch == 1)));
        reader.Start();
        reader.Join();
        Assert.True(SpinWait.SpinUntil(() => Array.TrueForAll(callers, caller => caller.IsCompleted), Patience), "callers do not go on");
        return callers.Count(caller => caller.Result == reader);
    }

    private static async Task SlowDownAsync(ReplyDispatcher dispatcher)
    {
        for (var i = 0; i < 20; i++)
        {
            var slow = Enumerable.Range(0, 2).Select(_ => RunAsync(Add(dispatcher), () => Spin(TimeSpan.FromMilliseconds(1)))).ToArray();
            Assert.True(dispatcher.CompleteAll(dispatcher.Role, nobodyElseWaits: false));
            await Task.WhenAll(slow).WaitAsync(Patience, Token);
        }
    }

    private static void UntilInline(ReplyDispatcher dispatcher, int batch) =>
        Assert.True(SpinWait.SpinUntil(() => CountInline(dispatcher, batch) > 0, Patience), "quick callers are handed over for good");

    private static void Spin(TimeSpan time)
    {
        for (var spent = Stopwatch.StartNew(); spent.Elapsed < time;)
        {
            Thread.SpinWait(100);
        }
    }
}

using System.Runtime.CompilerServices;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>What continuations leave behind on the thread that has read their replies.</summary>
public sealed class LeftoverContextTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly AsyncLocal<object?> Local = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_neither_seen_by_others_nor_kept()
    {
        using var loop = new ReplyLoop("memcached test");
        using var line = await LoopbackLine.OpenAsync();
        loop.Add(line.Connection);

        var left = await LeaveBehindAsync(line);
        var (local, context) = await ContinueAsync(line, static () => (Local.Value, SynchronizationContext.Current));

        Assert.Null(local);
        Assert.Null(context);
        await ContinueAsync(line, static () => true);
        GC.Collect();
        Assert.False(left.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<WeakReference> LeaveBehindAsync(LoopbackLine line) => ContinueAsync(line, static () =>
    {
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        Local.Value = new object();
        return new WeakReference(Local.Value);
    });

    // Where the flow is suppressed, nobody restores the thread's context after a continuation.
    private static async Task<T> ContinueAsync<T>(LoopbackLine line, Func<T> work)
    {
        Task<T> caller;
        using (ExecutionContext.SuppressFlow())
        {
            caller = CallAsync(line.Get("k"), work);
        }

        line.Reply("v");
        var result = await caller.WaitAsync(Patience, Token);
        await Task.Yield();
        return result;
    }

    private static async Task<T> CallAsync<T>(ValueTask<string?> answer, Func<T> work)
    {
        await answer.ConfigureAwait(false);
        return work();
    }
}

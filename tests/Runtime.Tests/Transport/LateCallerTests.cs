using TypedCache.Pool.Operations;
using TypedCache.Protocol;

namespace TypedCache.Tests.Transport;

/// <summary>Callers whose call ends after they have seen that it is pending, and before they have begun to wait.</summary>
[Collection(nameof(BlocksThreadPool))]
public sealed class LateCallerTests
{
    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void They_go_on_although_the_thread_pool_has_no_thread_to_spare(bool isAnswered, bool flowsContext)
    {
        var operation = new StatusOperation();
        operation.Begin(Verb.Set, "k"u8);
#pragma warning disable CA2012 // What an await does, step by step.
        var awaiter = operation.AsBoolean().GetAwaiter();
#pragma warning restore CA2012
        using var goesOn = new ManualResetEventSlim();
        using var busy = new BusyThreadPool();
        Assert.False(awaiter.IsCompleted);

        End(operation, isAnswered);
        if (flowsContext)
        {
            awaiter.OnCompleted(goesOn.Set);
        }
        else
        {
            awaiter.UnsafeOnCompleted(goesOn.Set);
        }

        Assert.True(goesOn.Wait(Patience, Token), "the continuation waits for a thread of the pool");
    }

    private static void End(StatusOperation operation, bool isAnswered)
    {
        if (isAnswered)
        {
            operation.Answer();
        }
        else
        {
            operation.Abandon(operation.Use, new MemcachedTimeoutException());
        }
    }
}

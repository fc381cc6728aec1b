using TypedCache.Pool.Operations;
using TypedCache.Protocol;

namespace TypedCache.Tests.Transport;

public class OperationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_and_a_cancellation_at_once_end_an_operation_exactly_once()
    {
        int answered = 0, abandoned = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var operation = OperationPool<StatusOperation>.Rent();
            using var leave = new CancellationTokenSource();
            operation.Begin(Verb.Delete, "k"u8);
            operation.ObserveCancellation(leave.Token);
            var result = operation.AsBoolean().AsTask();
            var wire = Task.Run(
                () =>
                {
                    operation.Reply.Code = ReplyCode.Ok;
                    operation.Answer();
                },
                Token);
            if (round % 2 == 0)
            {
                Thread.SpinWait(round % 500);
            }

            await leave.CancelAsync();
            try
            {
                Assert.True(await result);
                answered++;
            }
            catch (OperationCanceledException)
            {
                abandoned++;
            }

            await wire;

            // Both sides have left: whoever rents the object next finds it clean.
            Assert.Equal(ReplyCode.None, operation.Reply.Code);
        }

        Assert.Equal(20_000, answered + abandoned);
        Assert.True(answered > 0 && abandoned > 0, $"{answered} answers and {abandoned} cancellations are no race");
    }

    [Fact]
    public async Task An_earlier_use_does_not_hit_a_later_one()
    {
        var operation = new StatusOperation();
        operation.Begin(Verb.Delete, "a"u8);
        var (use, opaque) = (operation.Use, operation.Request.Opaque);
        var first = operation.AsBoolean();
        operation.Reply.Code = ReplyCode.Ok;
        operation.Answer();
        Assert.True(await first);

        operation.Begin(Verb.Delete, "b"u8);
        operation.Abandon(use, new MemcachedTimeoutException());
        Assert.False(operation.IsAbandoned);
        Assert.NotEqual(opaque, operation.Request.Opaque);
    }

    [Fact]
    public async Task An_abandoned_operation_waits_for_caller_and_wire_in_either_order()
    {
        foreach (var wireFirst in new[] { true, false })
        {
            var operation = new StatusOperation();
            operation.Begin(Verb.Delete, "a"u8);
            var result = operation.AsBoolean();
            operation.Abandon(operation.Use, new MemcachedTimeoutException());
            if (wireFirst)
            {
                operation.Answer();
            }

            Assert.True(operation.IsAbandoned);
            await Assert.ThrowsAsync<MemcachedTimeoutException>(async () => await result);
            if (!wireFirst)
            {
                Assert.True(operation.IsAbandoned);
                operation.Answer();
            }

            Assert.False(operation.IsAbandoned);
        }
    }

    [Fact]
    public async Task A_read_which_may_miss_ends_as_a_miss_even_when_its_reply_comes_late()
    {
        var operation = new StatusOperation();
        operation.Route.MissOnFailure = true;
        operation.Begin(Verb.Exists, "a"u8);
        var result = operation.AsBoolean();
        operation.Abandon(operation.Use, new MemcachedTimeoutException());
        operation.Reply.Code = ReplyCode.Ok;
        Assert.False(await result);
    }
}

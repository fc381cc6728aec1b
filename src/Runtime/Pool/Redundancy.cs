using System.Buffers;
using System.Runtime.CompilerServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>Sends writes, with copies to other servers if the pool keeps some.</summary>
/// <param name="sender">Sends operations.</param>
internal sealed class Redundancy(OperationSender sender)
{
    /// <summary>Sends a write that is complete to the server of its key.</summary>
    /// <returns>The copies, to be awaited together with the write; null if there are none.</returns>
    /// <remarks>The copies are made first: once an operation has been sent, it may already be complete.</remarks>
    public List<ValueTask>? Send(StatusOperation write, CancellationToken cancellationToken) => Send(write, sender.Router, cancellationToken);

    /// <inheritdoc cref="Send(StatusOperation, CancellationToken)"/>
    public List<ValueTask>? Send(StatusOperation write, OperationRouter router, CancellationToken cancellationToken)
    {
        var sent = router.Copies == 0 ? null : SendCopies(write.Request, router, cancellationToken);
        sender.Send(write, router, cancellationToken);
        return sent;
    }

    /// <inheritdoc cref="Send(StatusOperation, CancellationToken)"/>
    public List<ValueTask>? Send(CounterOperation write, CancellationToken cancellationToken)
    {
        var router = sender.Router;
        var sent = router.Copies == 0 ? null : SendCounterCopies(write.Request, router, cancellationToken);
        sender.Send(write, router, cancellationToken);
        return sent;
    }

    /// <summary>Sends an operation that is fenced by a CAS number to the server that gave the number, and to no other.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="server">The server.</param>
    /// <param name="router">Finds the servers of the copies.</param>
    public ValueTask<CasResult> SendFenced(StatusOperation operation, MemcachedServer server, OperationRouter router)
    {
        var sent = router.Copies > 0 && operation.Request.Verb == Verb.CompareAndSet ? SendCopies(operation.Request, router, CancellationToken.None) : null;
        var result = operation.AsCasResult();
        sender.SendTo(server, operation, CancellationToken.None);
        return sent is null ? result : AwaitAsync(result, sent);
    }

    /// <summary>Waits for a write and its copies.</summary>
    /// <remarks>A copy that cannot be written is one copy fewer: the key's own server decides what the caller is told.</remarks>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public static async ValueTask<T> AwaitAsync<T>(ValueTask<T> own, List<ValueTask> copies)
    {
        try
        {
            return await own.ConfigureAwait(false);
        }
        finally
        {
            foreach (var copy in copies)
            {
                await IgnoreFailureAsync(copy).ConfigureAwait(false);
            }
        }
    }

    private List<ValueTask> SendCopies(Request write, OperationRouter router, CancellationToken cancellationToken)
    {
        var sent = new List<ValueTask>(router.Copies);
        foreach (var server in router.FindCopies(write.Key, router.Copies))
        {
            var copy = OperationPool<StatusOperation>.Rent();
            copy.Begin(write.Verb is Verb.CompareAndSet or Verb.Invalidate ? Verb.Delete : write.Verb, write.Key);
            copy.Request.Payload.Write(write.Payload.WrittenSpan);
            copy.Request.Flags = write.Flags;
            copy.Request.Expiry = write.Expiry;
            sent.Add(copy.AsTask());
            sender.SendTo(server, copy, cancellationToken);
        }

        return sent;
    }

    private List<ValueTask> SendCounterCopies(Request write, OperationRouter router, CancellationToken cancellationToken)
    {
        var sent = new List<ValueTask>(router.Copies);
        foreach (var server in router.FindCopies(write.Key, router.Copies))
        {
            var copy = OperationPool<CounterOperation>.Rent();
            copy.Begin(write.Verb, write.Key);
            copy.Request.Delta = write.Delta;
            copy.Request.Initial = write.Initial;
            copy.Request.Expiry = write.Expiry;
            sent.Add(IgnoreValueAsync(copy.AsExisting()));
            sender.SendTo(server, copy, cancellationToken);
        }

        return sent;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask IgnoreValueAsync(ValueTask<ulong?> counter) => await counter.ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask IgnoreFailureAsync(ValueTask copy)
    {
        try
        {
            await copy.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}

using TypedCache.Protocol;

namespace TypedCache;

/// <summary>What leases need of the servers.</summary>
public sealed partial class MemcachedPool
{
    /// <summary>Sends an operation to the server of its key.</summary>
    internal void Route(Operation operation, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        Send(operation, cancellationToken);
    }

    /// <summary>Sends an operation which is fenced by a CAS number to the server which gave the number, and to no other.</summary>
    internal ValueTask<CasResult> SendFenced(StatusOperation operation, int server)
    {
        var copies = _copies > 0 && operation.Verb == Verb.CompareAndSet ? SendCopies(operation, CancellationToken.None) : null;
        var result = operation.AsCasResult();
        SendToServer(_servers[server], operation, CancellationToken.None);
        return copies is null ? result : AwaitWithCopiesAsync(result, copies);
    }

    // Without a CAS number the value may be a newer one by now, which is then refreshed once for nothing.
    private void ReturnLease(Operation read)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(read.Verb == Verb.GetOrLease && read.IsPlaceholder ? Verb.Release : Verb.Invalidate, read.Key);
        operation.Cas = read.Cas;
        _ = AwaitCopiesAsync([operation.AsTask()]).AsTask();
        SendToServer(_servers[read.ServerIndex], operation, CancellationToken.None);
    }
}

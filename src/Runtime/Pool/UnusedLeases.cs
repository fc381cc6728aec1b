using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>Returns leases that reads have won for nobody: their callers have left, or cannot use them.</summary>
internal sealed class UnusedLeases(OperationSender sender)
{
    /// <summary>Returns a lease.</summary>
    /// <param name="read">The read, which is not kept.</param>
    /// <param name="server">Who gave the lease.</param>
    /// <remarks>Without a CAS number the value may be a newer one by now; then it is refreshed once for nothing.</remarks>
    public void Return(Operation read, MemcachedServer server)
    {
        var isPlaceholder = read.Request.Verb == Verb.GetOrLease && read.Reply.IsPlaceholder;
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(isPlaceholder ? Verb.Release : Verb.Invalidate, read.Request.Key);
        operation.Request.Cas = read.Reply.Cas;
        _ = IgnoreAsync(operation.AsTask());
        sender.SendTo(server, operation, CancellationToken.None);
    }

    // If it fails, the lease ends by itself.
    private static async Task IgnoreAsync(ValueTask returned)
    {
        try
        {
            await returned.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
        }
    }
}

using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>Returns leases that reads have won for nobody: their callers have left, or cannot use them.</summary>
internal sealed class UnusedLeases(OperationSender sender)
{
    /// <summary>Returns the lease that a read has won, or those of a batch.</summary>
    /// <param name="read">The read, which is not kept.</param>
    /// <param name="server">Who gave the leases.</param>
    public void Return(Operation read, MemcachedServer server)
    {
        if (read.Reply is not BatchReply batch)
        {
            var isPlaceholder = read.Request.Verb == Verb.GetOrLease && read.Reply.IsPlaceholder;
            Return(read.Request.Key, isPlaceholder, read.Reply.Cas, server);
            return;
        }

        foreach (var hit in batch.Hits)
        {
            if ((hit.Marks & LeaseMarks.Won) != 0)
            {
                Return(read.Request.Keys![hit.Position], hit.IsPlaceholder, hit.Cas, server);
            }
        }
    }

    // Without a CAS number the value may be a newer one by now; then it is refreshed once for nothing.
    private void Return(ReadOnlySpan<byte> key, bool isPlaceholder, ulong cas, MemcachedServer server)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(isPlaceholder ? Verb.Release : Verb.Invalidate, key);
        operation.Request.Cas = cas;
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

using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>Returns leases that reads have won for nobody: their callers have left, or cannot use them.</summary>
internal sealed class UnusedLeases(OperationSender sender)
{
    private int _begun;
    private int _ended;

    /// <summary>How many requests that return leases have ended.</summary>
    public int Ended => Volatile.Read(ref _ended);

    /// <summary>Whether some are under way.</summary>
    public bool AreUnderWay => Volatile.Read(ref _begun) != Ended;

    /// <summary>Returns the lease that a read has won, or those of a batch. It does not throw: if it fails, the lease ends by itself.</summary>
    /// <param name="read">The read, which is not kept.</param>
    /// <param name="server">Who gave the leases.</param>
    public void Return(Operation read, MemcachedServer server)
    {
        try
        {
            if (read.Reply is BatchReply batch)
            {
                Return(read.Request.Keys!, batch, server);
            }
            else
            {
                Return(read.Request.Key, WayBack(read), read.Reply.Cas, server);
            }
        }
        catch (Exception)
        {
            // The reply that brought the lease still has to reach its caller.
        }
    }

    private void Return(KeyList keys, BatchReply batch, MemcachedServer server)
    {
        foreach (var hit in batch.Hits)
        {
            if ((hit.Marks & LeaseMarks.Won) != 0)
            {
                Return(keys[hit.Position], hit.IsPlaceholder ? Verb.Release : Verb.Invalidate, hit.Cas, server);
            }
        }
    }

    // Without the CAS number it could be a newer value that is marked as stale. Most reads are spared that number: they ask for it only
    // when they have won, and what is there then is returned if it still is in the state in which they won.
    private static Verb WayBack(Operation read) => read switch
    {
        { Request.Verb: Verb.GetOrLease, Reply.IsPlaceholder: true } => Verb.Release,
        { Request.Verb: not Verb.Inspect, Reply.Cas: 0 } => Verb.Inspect,
        _ => Verb.Invalidate,
    };

    private void Return(ReadOnlySpan<byte> key, Verb way, ulong cas, MemcachedServer server)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(way, key);
        operation.Request.Cas = cas;
        operation.Request.WantsCas = way == Verb.Inspect;
        Interlocked.Increment(ref _begun);
        _ = EndAsync(operation.AsTask());
        sender.SendTo(server, operation, CancellationToken.None);
    }

    private async Task EndAsync(ValueTask returned)
    {
        try
        {
            await returned.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
        }
        finally
        {
            Interlocked.Increment(ref _ended);
        }
    }
}

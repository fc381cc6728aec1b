using System.Buffers;
using TypedCache.Protocol;

namespace TypedCache;

/// <summary>Redundant writes. Nothing but <c>AwaitCopiesAsync</c> runs in a pool without <see cref="MemcachedPoolOptions.Redundancy"/>.</summary>
public sealed partial class MemcachedPool
{
    /// <summary>Sends copies of a write which is complete and about to be sent itself.</summary>
    private List<ValueTask> SendCopies(Operation write, CancellationToken cancellationToken)
    {
        var copies = new List<ValueTask>(_copies);
        foreach (var index in _router.FindCopies(write.Key, _copies))
        {
            var copy = OperationPool<StatusOperation>.Rent();
            var verb = write.Verb is Verb.CompareAndSet or Verb.Invalidate ? Verb.Delete : write.Verb;
            copy.Begin(verb, write.Key);
            copy.Payload.Write(write.Payload.WrittenSpan);
            copy.Flags = write.Flags;
            copy.Expiry = write.Expiry;
            copies.Add(copy.AsTask());
            SendToServer(_servers[index], copy, cancellationToken);
        }

        return copies;
    }

    private List<ValueTask> SendCounterCopies(CounterOperation write, CancellationToken cancellationToken)
    {
        var copies = new List<ValueTask>(_copies);
        foreach (var index in _router.FindCopies(write.Key, _copies))
        {
            var copy = OperationPool<CounterOperation>.Rent();
            copy.Begin(write.Verb, write.Key);
            copy.Delta = write.Delta;
            copy.Initial = write.Initial;
            copy.Expiry = write.Expiry;
            copies.Add(IgnoreValueAsync(copy.AsExisting()));
            SendToServer(_servers[index], copy, cancellationToken);
        }

        return copies;
    }

    private static async ValueTask IgnoreValueAsync(ValueTask<ulong?> counter) => await counter.ConfigureAwait(false);

    private static async ValueTask<T> AwaitWithCopiesAsync<T>(ValueTask<T> own, List<ValueTask> copies)
    {
        try
        {
            return await own.ConfigureAwait(false);
        }
        finally
        {
            await AwaitCopiesAsync(copies).ConfigureAwait(false);
        }
    }

    // A copy which cannot be written is one copy less: the key's own server decides what the caller is told.
    private static async ValueTask AwaitCopiesAsync(List<ValueTask> copies)
    {
        foreach (var copy in copies)
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
}

using System.Runtime.CompilerServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Pool.Moves;

/// <summary>
/// Copies values from former servers to those of their keys, under a lease: a delete or a set meanwhile wins. Servers that know no leases
/// get no copies.
/// </summary>
internal sealed class KeyCopies(OperationSender sender, ValuePipeline pipeline, TimeProvider time)
{
    // A copy is a few round trips, and one that has failed is of no use to others for longer.
    private const uint LeaseSeconds = 2;

    // So many copies are made at once of what was merely read.
    private const int MaxUnderWay = 256;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly ICacheCodec<bool> Ignored = new IgnoredCodec();

    private int _underWay;

    /// <summary>Begins to copy a value that has been read on its former server. Nobody waits for it.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="router">Finds its server.</param>
    /// <param name="source">Its former server.</param>
    public void Start(byte[] key, OperationRouter router, MemcachedServer source)
    {
        if (Interlocked.Increment(ref _underWay) > MaxUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
            return;
        }

        _ = RunAsync(key, router, source);
    }

    /// <summary>Brings a value to the server of its key, if there is one at its former server and none there yet.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask CopyAsync(byte[] key, OperationRouter router, MemcachedServer source)
    {
        for (var end = sender.Clock.Now + (long)sender.Timeout.TotalMilliseconds; ;)
        {
            var read = await WinAsync(key, router).ConfigureAwait(false);
            if (read.HasWon && read.Lease.IsReal)
            {
                await EndAsync(key, read, await TakeAsync(key, router, read, source).ConfigureAwait(false)).ConfigureAwait(false);
                return;
            }

            if (!read.IsTaken || HasItem(read) || sender.Clock.Now >= end)
            {
                return;
            }

            // Somebody else copies it, or creates it. Like the time limit of calls, this is not the application's clock.
            await Task.Delay(Pause).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what is left of a key on its former server.</summary>
    /// <returns>Null if there is no value, or a stale one.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<FormerItem?> ReadAsync(byte[] key, MemcachedServer source, KeyMoves moves)
    {
        var item = await ReadAsync(key, source).ConfigureAwait(false);
        moves.Count(item is not null);
        return item;
    }

    /// <summary>Stores what was read, unless anything has happened to the key since the lease was given.</summary>
    /// <returns>Whether it was stored; null if the server did not say.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<bool?> StoreAsync(byte[] key, Lease lease, FormerItem item)
    {
        if (item.Expiry is not { } expiry)
        {
            return null;
        }

        var fill = lease.BeginFill(key);
        item.Bytes.Payload.CopyTo(fill.Request.Payload.Resize(item.Bytes.Payload.Length));
        fill.Request.Flags = item.Bytes.Flags;
        fill.Request.Expiry = expiry.ToWire(time);
        return await SendAsync(fill, lease).ConfigureAwait(false);
    }

    private static bool HasItem(in LeaseRead<bool> read) => read.HasValue || read.IsUndecodable;

    // The bytes are copied: they are received into a buffer that is used again.
    private static FormerItem? Take(in StoredItem item, int state)
    {
        if (item.IsStale || item.Info.TimeLeft == TimeSpan.Zero)
        {
            return null;
        }

        CacheExpiry? expiry = item.Info.TimeLeft is { } left ? CacheExpiry.After(left) : null;
        return new FormerItem(new StoredBytes(item.Payload.ToArray(), item.Info.Flags), expiry);
    }

    // A stale value that is there already stays; somebody else shall refresh it.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<FormerItem?> TakeAsync(byte[] key, OperationRouter router, LeaseRead<bool> read, MemcachedServer source) =>
        HasItem(read) ? null : await ReadAsync(key, source, router.Moves!).ConfigureAwait(false);

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask EndAsync(byte[] key, LeaseRead<bool> read, FormerItem? item)
    {
        if (item?.Expiry is not null)
        {
            await StoreAsync(key, read.Lease, item).ConfigureAwait(false);
            return;
        }

        await SendAsync(read.Lease.Begin(HasItem(read) ? Verb.Invalidate : Verb.Release, key), read.Lease).ConfigureAwait(false);
    }

    private async Task RunAsync(byte[] key, OperationRouter router, MemcachedServer source)
    {
        try
        {
            await HandOver.Shared.SwitchAsync();
            await CopyAsync(key, router, source).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            // The next reader tries again.
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private ValueTask<LeaseRead<bool>> WinAsync(byte[] key, OperationRouter router)
    {
        var operation = OperationPool<ReadOperation<bool>>.Rent();
        operation.Begin(Verb.GetOrLease, key);
        operation.Decode(Ignored, pipeline);
        operation.Request.WantsCas = true;
        operation.Request.LeaseSeconds = LeaseSeconds;
        var read = operation.AsLeaseRead();
        sender.Send(operation, router, CancellationToken.None);
        return read;
    }

    // A former server that cannot be reached has nothing.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<FormerItem?> ReadAsync(byte[] key, MemcachedServer source)
    {
        var operation = OperationPool<ItemOperation<int, FormerItem?>>.Rent();
        operation.Begin(Verb.GetItem, key);
        operation.Expect(Take, 0);
        var read = operation.AsCacheValue();
        try
        {
            sender.SendTo(source, operation, CancellationToken.None);
            return (await read.ConfigureAwait(false)).Value;
        }
        catch (MemcachedException)
        {
            return null;
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool?> SendAsync(StatusOperation operation, Lease lease)
    {
        var result = operation.AsCasResult();
        try
        {
            sender.SendTo(lease.Server!, operation, CancellationToken.None);
            return await result.ConfigureAwait(false) == CasResult.Stored;
        }
        catch (Exception exception) when (exception is MemcachedException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Reads nothing: only whether there is a value is of interest.</summary>
    private sealed class IgnoredCodec : ICacheCodec<bool>
    {
        public void Write(ref ValueWriter writer, bool value) => throw new NotSupportedException();

        public bool Read(in StoredValue stored) => true;
    }
}

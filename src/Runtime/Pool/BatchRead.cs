using System.Runtime.ExceptionServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>
/// One multi-get over all servers: groups the keys by server, sends an operation for each group, and reads the values.
/// </summary>
internal sealed class BatchRead<TItem, T>(
    OperationSender sender, OperationRouter router, ValuePipeline pipeline, ICacheCodec<T> codec, bool missOnFailure, int expectedItems)
    where TItem : notnull
{
    // Replies to long lines would keep those of other callers waiting.
    private const int MaxKeysPerOperation = 128;

    private readonly Dictionary<TItem, T> _found = new(expectedItems);
    private readonly Dictionary<MemcachedServer, Group> _open = [];
    private readonly List<(TItem Item, byte[] Key)> _doubtful = [];
    private List<Group> _groups = [];

    public void Add(TItem item, ReadOnlySpan<byte> key)
    {
        if (router.Find(key) is { } server)
        {
            GroupOf(server).Add(item, key);
        }
        else if (!missOnFailure)
        {
            throw router.NoServer(key, failure: null);
        }
    }

    /// <summary>Reads.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<Dictionary<TItem, T>> ReadAsync(CancellationToken cancellationToken)
    {
        Exception? first = null;
        for (var round = 0; _groups.Count > 0; round++)
        {
            var groups = TakeGroups();
            var replies = Send(groups, cancellationToken);
            for (var i = 0; i < groups.Count; i++)
            {
                // Every group is awaited even if an earlier one failed: only then do its operations return to their pool.
                first = await ReadGroupAsync(groups[i], replies[i], mayRegroup: round < router.ServerCount).ConfigureAwait(false) ?? first;
            }
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        foreach (var (item, key) in _doubtful)
        {
            var value = await ReadAgainAsync(key, cancellationToken).ConfigureAwait(false);
            if (value.Found)
            {
                _found[item] = value.Value!;
            }
        }

        return _found;
    }

    private async ValueTask<Exception?> ReadGroupAsync(Group group, ValueTask reply, bool mayRegroup)
    {
        try
        {
            await reply.ConfigureAwait(false);
            ReadValues(group);
            return null;
        }
        catch (MemcachedConnectionException exception)
        {
            return mayRegroup && group.Operation.Route.WasTurnedAway ? Regroup(group, exception) : missOnFailure ? null : exception;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            group.Operation.Finish();
        }
    }

    private List<ValueTask> Send(List<Group> groups, CancellationToken cancellationToken)
    {
        var replies = new List<ValueTask>(groups.Count);
        var sends = SendBatch.Begin();
        try
        {
            foreach (var group in groups)
            {
                replies.Add(group.Operation.AsTask());
                sender.SendTo(group.Server, group.Operation, cancellationToken);
            }
        }
        finally
        {
            sends.End();
        }

        return replies;
    }

    private ValueTask<CacheValue<T>> ReadAgainAsync(byte[] key, CancellationToken cancellationToken)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Verb.Get, key);
        operation.Decode(codec, pipeline);
        operation.Route.MissOnFailure = missOnFailure;
        sender.Send(operation, cancellationToken);
        return operation.AsCacheValue();
    }

    private Group GroupOf(MemcachedServer server)
    {
        if (_open.TryGetValue(server, out var open) && open.Operation.Keys.Count < MaxKeysPerOperation)
        {
            return open;
        }

        var group = new Group(server);
        _open[server] = group;
        _groups.Add(group);
        return group;
    }

    private List<Group> TakeGroups()
    {
        var groups = _groups;
        _groups = [];
        _open.Clear();
        return groups;
    }

    private void ReadValues(Group group)
    {
        var values = group.Operation.Values;
        foreach (var hit in values.Hits)
        {
            var key = group.Operation.Keys[hit.Position];
            if (hit is { Flags: 0, Length: 0 })
            {
                // A multi-get does not tell an empty value from the placeholder of one that is being created.
                _doubtful.Add((group.Items[hit.Position], key.ToArray()));
                continue;
            }

            _found[group.Items[hit.Position]] = pipeline.Decode(codec, key, hit.Flags, values.PayloadOf(hit));
        }
    }

    // What was never sent, because its server turned out to be unreachable, goes to the next server in each key's failover order.
    private MemcachedConnectionException? Regroup(Group group, MemcachedConnectionException failure)
    {
        for (var i = 0; i < group.Items.Count; i++)
        {
            var key = group.Operation.Keys[i];
            if (router.Find(key) is { } server)
            {
                GroupOf(server).Add(group.Items[i], key);
            }
            else if (!missOnFailure)
            {
                return router.NoServer(key, failure);
            }
        }

        return null;
    }

    private sealed class Group(MemcachedServer server)
    {
        public MemcachedServer Server { get; } = server;

        public List<TItem> Items { get; } = [];

        public BatchReadOperation Operation { get; } = BatchReadOperation.Rent();

        public void Add(TItem item, ReadOnlySpan<byte> key)
        {
            Items.Add(item);
            Operation.Keys.Add(key);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>One multi-get over all servers.</summary>
internal sealed class BatchRead<TItem, T>(
    OperationSender sender, OperationRouter router, ValuePipeline pipeline, ICacheCodec<T> codec, bool missOnFailure, int expectedItems)
    : BatchRequest<TItem>(sender, router)
    where TItem : notnull
{
    private readonly Dictionary<TItem, T> _found = new(expectedItems);
    private readonly List<(TItem Item, byte[] Key)> _doubtful = [];
    private Exception? _failure;

    /// <summary>Reads.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<Dictionary<TItem, T>> ReadAsync(CancellationToken cancellationToken)
    {
        ThrowFailure();
        await AskAsync(cancellationToken).ConfigureAwait(false);
        ThrowFailure();
        if (_doubtful.Count > 0)
        {
            await ReadDoubtfulAsync(cancellationToken).ConfigureAwait(false);
        }

        return _found;
    }

    protected override BatchReadOperation Rent() => BatchReadOperation.Rent(Verb.GetBatch);

    protected override void Take(MemcachedServer server, Piece piece)
    {
        var values = piece.Operation.Values;
        server.NoteLengths(values.Payload.Length, values.Hits.Count);
        foreach (var hit in values.Hits)
        {
            var key = piece.Operation.Keys[hit.Position];
            server.NoteLength(key, hit.Length);
            if (hit is { Flags: 0, Length: 0 })
            {
                _doubtful.Add((piece.Items[hit.Position], key.ToArray()));
                continue;
            }

            _found[piece.Items[hit.Position]] = pipeline.Decode(codec, key, hit.Flags, values.PayloadOf(hit));
        }
    }

    protected override void FailPiece(MemcachedServer server, Piece piece, Exception failure)
    {
        if (!missOnFailure || failure is not MemcachedConnectionException)
        {
            _failure = failure;
        }
    }

    protected override void FailKey(TItem item, ReadOnlySpan<byte> key, MemcachedConnectionException? failure)
    {
        if (!missOnFailure)
        {
            _failure ??= Router.NoServer(key, failure);
        }
    }

    // A multi-get does not tell an empty value from the placeholder of one that is being created: these are asked for together.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask ReadDoubtfulAsync(CancellationToken cancellationToken)
    {
        var replies = new ValueTask<CacheValue<T>>[_doubtful.Count];
        var sends = SendBatch.Begin();
        try
        {
            for (var i = 0; i < replies.Length; i++)
            {
                replies[i] = ReadAgain(_doubtful[i].Key, cancellationToken);
            }
        }
        finally
        {
            sends.End();
        }

        for (var i = 0; i < replies.Length; i++)
        {
            try
            {
                var value = await replies[i].ConfigureAwait(false);
                if (value.Found)
                {
                    _found[_doubtful[i].Item] = value.Value!;
                }
            }
            catch (Exception exception)
            {
                _failure = exception;
            }
        }

        ThrowFailure();
    }

    private ValueTask<CacheValue<T>> ReadAgain(byte[] key, CancellationToken cancellationToken)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Verb.Get, key);
        operation.Decode(codec, pipeline);
        operation.Route.MissOnFailure = missOnFailure;
        Sender.Send(operation, cancellationToken);
        return operation.AsCacheValue();
    }

    private void ThrowFailure()
    {
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }
}

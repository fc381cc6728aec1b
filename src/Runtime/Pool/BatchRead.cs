using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>
/// One multi-get over all servers: sorts the keys by server, asks each in pieces, and reads the values. A piece is as long as keeps
/// the replies of others waiting for a moment only, and few are asked for at once; what is long in sum travels apart from the rest.
/// </summary>
internal sealed class BatchRead<TItem, T>(
    OperationSender sender, OperationRouter router, ValuePipeline pipeline, ICacheCodec<T> codec, bool missOnFailure, int expectedItems)
    where TItem : notnull
{
    // While one piece is read, the server prepares the next.
    private const int PiecesAtOnce = 2;

    private readonly Dictionary<TItem, T> _found = new(expectedItems);
    private readonly Dictionary<MemcachedServer, Lane> _small = [];
    private readonly List<(TItem Item, byte[] Key)> _doubtful = [];
    private Dictionary<MemcachedServer, Lane>? _large;
    private List<Lane> _lanes = [];
    private Exception? _failure;

    public void Add(TItem item, ReadOnlySpan<byte> key)
    {
        if (router.Find(key) is { } server)
        {
            LaneOf(server, key).Add(item, key);
        }
        else if (!missOnFailure)
        {
            throw router.NoServer(key, failure: null);
        }
    }

    /// <summary>Reads.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<Dictionary<TItem, T>> ReadAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; _lanes.Count > 0; round++)
        {
            var lanes = TakeLanes();
            Begin(lanes, cancellationToken);
            for (var open = lanes.Count; open > 0;)
            {
                open = 0;
                foreach (var lane in lanes)
                {
                    // Every piece is awaited even when one before it failed: only then do its operations return to their pool.
                    open += await ReadPieceAsync(lane, mayRegroup: round < router.ServerCount, cancellationToken).ConfigureAwait(false) ? 1 : 0;
                }
            }
        }

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        if (_doubtful.Count > 0)
        {
            await ReadDoubtfulAsync(cancellationToken).ConfigureAwait(false);
        }

        return _found;
    }

    private void Begin(List<Lane> lanes, CancellationToken cancellationToken)
    {
        var sends = SendBatch.Begin();
        try
        {
            foreach (var lane in lanes)
            {
                for (var i = 0; i < PiecesAtOnce; i++)
                {
                    lane.SendNext(sender, cancellationToken);
                }
            }
        }
        finally
        {
            sends.End();
        }
    }

    // False when the lane has no more.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<bool> ReadPieceAsync(Lane lane, bool mayRegroup, CancellationToken cancellationToken)
    {
        if (!lane.TryTakeSent(out var piece, out var reply))
        {
            return false;
        }

        try
        {
            await reply.ConfigureAwait(false);
            lane.SendNext(sender, cancellationToken);
            ReadValues(lane.Server, piece);
        }
        catch (MemcachedConnectionException exception)
        {
            _failure = (mayRegroup && piece.Operation.Route.WasTurnedAway ? Regroup(piece, exception) : missOnFailure ? null : exception) ?? _failure;
            lane.SendNext(sender, cancellationToken);
        }
        catch (Exception exception)
        {
            _failure = exception;
            lane.SendNext(sender, cancellationToken);
        }
        finally
        {
            piece.Operation.Finish();
        }

        return true;
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

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private ValueTask<CacheValue<T>> ReadAgain(byte[] key, CancellationToken cancellationToken)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Verb.Get, key);
        operation.Decode(codec, pipeline);
        operation.Route.MissOnFailure = missOnFailure;
        sender.Send(operation, cancellationToken);
        return operation.AsCacheValue();
    }

    private Lane LaneOf(MemcachedServer server, ReadOnlySpan<byte> key)
    {
        var isLarge = server.IsLarge(key);
        var lanes = isLarge ? _large ??= [] : _small;
        if (!lanes.TryGetValue(server, out var lane))
        {
            lane = new Lane(server, isLarge);
            lanes.Add(server, lane);
            _lanes.Add(lane);
        }

        return lane;
    }

    private List<Lane> TakeLanes()
    {
        var lanes = _lanes;
        _lanes = [];
        _small.Clear();
        _large?.Clear();
        return lanes;
    }

    private void ReadValues(MemcachedServer server, Piece piece)
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

    // What was never sent, since its server turned out to be unreachable, goes to the next server in each key's failover order.
    private MemcachedConnectionException? Regroup(Piece piece, MemcachedConnectionException failure)
    {
        for (var i = 0; i < piece.Items.Count; i++)
        {
            var key = piece.Operation.Keys[i];
            if (router.Find(key) is { } server)
            {
                LaneOf(server, key).Add(piece.Items[i], key);
            }
            else if (!missOnFailure)
            {
                return router.NoServer(key, failure);
            }
        }

        return null;
    }

    /// <summary>What one server is asked for over one connection.</summary>
    private sealed class Lane(MemcachedServer server, bool isLarge)
    {
        private readonly int _pieceLength = isLarge ? 1 : server.KeysPerPiece;
        private readonly List<Piece> _pieces = [];
        private readonly Queue<(Piece Piece, ValueTask Reply)> _sent = new(PiecesAtOnce);
        private int _next;

        public MemcachedServer Server => server;

        // What is long in sum holds up the small ones as one long value does.
        private bool TravelsApart => isLarge || _pieces.Count > PiecesAtOnce;

        public void Add(TItem item, ReadOnlySpan<byte> key)
        {
            if (_pieces.Count == 0 || _pieces[^1].Items.Count == _pieceLength)
            {
                _pieces.Add(new Piece());
            }

            _pieces[^1].Add(item, key);
        }

        public void SendNext(OperationSender sender, CancellationToken cancellationToken)
        {
            if (_next < _pieces.Count)
            {
                var piece = _pieces[_next++];
                _sent.Enqueue((piece, piece.Operation.AsTask()));
                sender.SendTo(server, piece.Operation, TravelsApart, cancellationToken);
            }
        }

        public bool TryTakeSent(out Piece piece, out ValueTask reply)
        {
            var any = _sent.TryDequeue(out var sent);
            (piece, reply) = sent;
            return any;
        }
    }

    /// <summary>What one operation asks for.</summary>
    private sealed class Piece
    {
        public List<TItem> Items { get; } = [];

        public BatchReadOperation Operation { get; } = BatchReadOperation.Rent();

        public void Add(TItem item, ReadOnlySpan<byte> key)
        {
            Items.Add(item);
            Operation.Keys.Add(key);
        }
    }
}

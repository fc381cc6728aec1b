using System.Runtime.CompilerServices;
using TypedCache.Keys;
using TypedCache.Pool.Operations;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>
/// One read of many keys over all servers: sorts the keys by server, and asks each in pieces. A piece is as long as keeps the replies
/// of others waiting for a moment only, and few are asked for at once; what is long in sum travels apart from the rest.
/// </summary>
/// <typeparam name="TItem">What the caller calls a key.</typeparam>
internal abstract class BatchRequest<TItem>(OperationSender sender, OperationRouter router, KeyTemplate? template)
    where TItem : notnull
{
    // While one piece is read, the server prepares the next.
    private const int PiecesAtOnce = 2;

    private readonly Dictionary<MemcachedServer, Lane> _small = [];
    private Dictionary<MemcachedServer, Lane>? _large;
    private Dictionary<MemcachedServer, Lane>? _secondSmall;
    private Dictionary<MemcachedServer, Lane>? _secondLarge;
    private List<Lane> _lanes = [];
    private OperationRouter _router = router;
    private int _round;

    protected OperationSender Sender => sender;

    /// <summary>What the keys are called in telemetry.</summary>
    protected KeyTemplate? Template => template;

    /// <summary>How many keys have been asked for, those that came twice included.</summary>
    public int KeyCount { get; private set; }

    protected OperationRouter Router => _router;

    /// <summary>Finds the server of a key.</summary>
    /// <exception cref="CacheKeyException">The key is not valid.</exception>
    public virtual void Add(TItem item, ReadOnlySpan<byte> key)
    {
        KeyCount++;
        if (Find(key, out var isHome) is { } server)
        {
            Add(server, item, key, isHome);
        }
        else
        {
            // It gets into no request, but may be asked for later.
            CacheKeyWriter.Validate(key, KeyTemplate.Cover(template));
            FailKey(item, key, failure: null);
        }
    }

    /// <summary>Counts a key that need not be asked for.</summary>
    protected void CountKnown() => KeyCount++;

    /// <summary>Asks all servers, and those that stand in for servers that cannot be reached.</summary>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    protected async ValueTask AskAsync(CancellationToken cancellationToken)
    {
        for (_round = 0; _lanes.Count > 0; _round++)
        {
            var lanes = TakeLanes();
            Begin(lanes, cancellationToken);
            for (var open = lanes.Count; open > 0;)
            {
                open = 0;
                foreach (var lane in lanes)
                {
                    // Every piece is awaited even when one before it failed: only then do its operations return to their pool.
                    open += await ReadPieceAsync(lane, cancellationToken).ConfigureAwait(false) ? 1 : 0;
                }
            }
        }
    }

    /// <summary>Says what is asked of each key.</summary>
    protected abstract BatchReadOperation Rent();

    /// <summary>Takes the values of a piece.</summary>
    protected abstract void Take(MemcachedServer server, Piece piece);

    /// <summary>A piece has failed: all of its keys, or what has not come of it.</summary>
    protected abstract void FailPiece(MemcachedServer server, Piece piece, Exception failure);

    /// <summary>Which server is asked for a key.</summary>
    protected virtual MemcachedServer? Find(ReadOnlySpan<byte> key, out bool isHome) => _router.Find(key, default, out isHome);

    /// <summary>Asks another server for a key, in the next round. If that cannot be reached, it is as if it had found nothing.</summary>
    protected void LookAgain(MemcachedServer server, TItem item, ReadOnlySpan<byte> key) => LaneOf(server, key, isSecond: true).Add(item, key);

    /// <summary>No server can take a key.</summary>
    /// <param name="item">What the caller calls the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="failure">How the last one failed.</param>
    protected abstract void FailKey(TItem item, ReadOnlySpan<byte> key, MemcachedConnectionException? failure);

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
    private async ValueTask<bool> ReadPieceAsync(Lane lane, CancellationToken cancellationToken)
    {
        if (!lane.TryTakeSent(out var piece, out var reply))
        {
            return false;
        }

        try
        {
            await reply.ConfigureAwait(false);
            lane.SendNext(sender, cancellationToken);
            Take(lane.Server, piece);
        }
        catch (MemcachedConnectionException) when (piece.IsSecond)
        {
            lane.SendNext(sender, cancellationToken);
        }
        catch (MemcachedConnectionException exception) when (piece.Operation.Route.WasTurnedAway && (lane.Server.IsRemoved || _round < _router.ServerCount))
        {
            Regroup(lane.Server, piece, exception);
            lane.SendNext(sender, cancellationToken);
        }
        catch (Exception exception)
        {
            FailPiece(lane.Server, piece, exception);
            lane.SendNext(sender, cancellationToken);
        }
        finally
        {
            piece.Operation.Finish();
        }

        return true;
    }

    private void Add(MemcachedServer server, TItem item, ReadOnlySpan<byte> key, bool isHome)
    {
        LaneOf(server, key, isSecond: false).Add(item, key);
        if (!isHome)
        {
            server.Telemetry.TookOver();
        }
    }

    private Lane LaneOf(MemcachedServer server, ReadOnlySpan<byte> key, bool isSecond)
    {
        var isLarge = server.IsLarge(key);
        var lanes = isSecond
            ? isLarge ? _secondLarge ??= [] : _secondSmall ??= []
            : isLarge ? _large ??= [] : _small;
        if (!lanes.TryGetValue(server, out var lane))
        {
            lane = new Lane(this, server, isLarge, isSecond);
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
        _secondSmall?.Clear();
        _secondLarge?.Clear();
        return lanes;
    }

    // What was never sent, since its server turned out to be unreachable, goes to the next server in each key's failover order. A server
    // that was taken out of the pool is no failure: what is left begins anew with those that there are now.
    private void Regroup(MemcachedServer server, Piece piece, MemcachedConnectionException failure)
    {
        if (server.IsRemoved)
        {
            _router = _router.Newest?.Invoke() ?? _router;
            _round = 0;
        }

        for (var i = 0; i < piece.Items.Count; i++)
        {
            var key = piece.Operation.Keys[i];
            if (Find(key, out var isHome) is { } next)
            {
                Add(next, piece.Items[i], key, isHome);
            }
            else
            {
                FailKey(piece.Items[i], key, failure);
            }
        }
    }

    /// <summary>What one server is asked for over one connection.</summary>
    private sealed class Lane(BatchRequest<TItem> batch, MemcachedServer server, bool isLarge, bool isSecond)
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
                _pieces.Add(new Piece(batch.Rent(), isSecond));
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
    protected sealed class Piece(BatchReadOperation operation, bool isSecond)
    {
        /// <summary>Whether another server has been asked before, and has said that there is nothing.</summary>
        public bool IsSecond => isSecond;

        public List<TItem> Items { get; } = [];

        public BatchReadOperation Operation { get; } = operation;

        public void Add(TItem item, ReadOnlySpan<byte> key)
        {
            Items.Add(item);
            Operation.Keys.Add(key, KeyTemplate.Cover(Operation.Request.Template));
        }
    }
}

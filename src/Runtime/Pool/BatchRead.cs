using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>One multi-get over all servers.</summary>
/// <typeparam name="TItem">What the caller calls a key.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TFound">What the caller gets of each.</typeparam>
internal abstract class BatchRead<TItem, T, TFound>(
    OperationSender sender, OperationRouter router, MovedReads reads, ValuePipeline pipeline, ICacheCodec<T> codec, bool missOnFailure, int expectedItems, PoolTelemetry telemetry, KeyTemplate? template)
    : BatchRequest<TItem>(sender, router, template)
    where TItem : notnull
{
    private readonly CacheValues<TItem, TFound> _found = new(expectedItems);
    private List<DoubtfulKey>? _doubtful;
    private BatchFailure? _failure;
    private CallRecord _record;
    private int _hits;
    private int _unreadable;

    /// <summary>Whether the CAS numbers are asked for.</summary>
    protected abstract bool WantsCas { get; }

    /// <summary>Reads.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<CacheValues<TItem, TFound>> ReadAsync(CancellationToken cancellationToken)
    {
        _record = telemetry.Begin(CallKind.GetMany, Template);
        telemetry.RecordBatch(Template, KeyCount);
        try
        {
            await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (_record.FailBatch(exception, KeyCount))
        {
            throw;
        }

        _record.EndBatch(new KeyCounts { Successes = _hits, Errors = _unreadable, Failures = KeyCount - _hits - _unreadable });
        return _found;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask ReadAllAsync(CancellationToken cancellationToken)
    {
        _failure?.ThrowIfAny(KeyCount);
        await AskAsync(cancellationToken).ConfigureAwait(false);
        _failure?.ThrowIfAny(KeyCount);
        if (_doubtful is not null)
        {
            await ReadDoubtfulAsync(_doubtful, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the caller gets of a value.</summary>
    protected abstract TFound ToFound(T value, in CasToken cas);

    /// <summary>Reads a value from its bytes.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="hit">What the server says of the value.</param>
    /// <param name="payload">The value as it is stored.</param>
    /// <param name="cas">Its CAS number, and whose it is.</param>
    /// <exception cref="CacheValueException">The bytes are not a value of the type.</exception>
    protected virtual T Decode(ReadOnlySpan<byte> key, in BatchReply.Hit hit, ReadOnlyMemory<byte> payload, in CasToken cas) =>
        pipeline.Decode(codec, key, hit.Flags, payload, Template);

    /// <summary>Takes what need not be asked for.</summary>
    protected void TakeKnown(TItem item, T value)
    {
        CountKnown();
        _found[item] = ToFound(value, default);
        _hits++;
    }

    protected override BatchReadOperation Rent()
    {
        var operation = BatchReadOperation.Rent(Verb.GetBatch, Template);
        operation.Request.WantsCas = WantsCas;
        return operation;
    }

    protected override void Take(MemcachedServer server, Piece piece)
    {
        var values = piece.Operation.Values;
        server.NoteLengths(values.Payload.Length, values.Hits.Count);
        var isFormer = IsFormer(piece);
        foreach (ref readonly var hit in CollectionsMarshal.AsSpan(values.Hits))
        {
            var key = piece.Operation.Keys[hit.Position];
            server.NoteLength(key, hit.Length);
            if (hit is { Flags: 0, Length: 0 })
            {
                (_doubtful ??= []).Add(new DoubtfulKey(piece.Items[hit.Position], key.ToArray()));
                continue;
            }

            Take(piece.Items[hit.Position], key, in hit, values.PayloadOf(hit), new CasToken(hit.Cas, server, piece.Operation.Generation));

            // The servers may have changed since it was asked.
            if (isFormer && MovedReads.FindSource(Router, key) == server)
            {
                reads.Copy(key, Router, server);
            }
        }

        if (!piece.IsSecond)
        {
            LookElsewhere(server, piece);
        }
        else if (Router.Moves is { Source: not null } moves)
        {
            moves.Count(values.Hits.Count, piece.Items.Count);
        }
    }

    /// <inheritdoc/>
    protected override MemcachedServer? Find(ReadOnlySpan<byte> key, out bool isHome)
    {
        if (!WantsCas || !Router.HasZones)
        {
            return base.Find(key, out isHome);
        }

        // CAS numbers are those of the server that compares.
        var decider = Router.FindDecider(key);
        isHome = decider == Router.FindHomeZone(key);
        return decider.Link.IsUsable ? decider : null;
    }

    protected override void FailPiece(MemcachedServer server, Piece piece, Exception failure)
    {
        if ((missOnFailure && failure is MemcachedConnectionException) || (IsFormer(piece) && failure is MemcachedException))
        {
            return;
        }

        for (var i = 0; i < piece.Items.Count; i++)
        {
            Fail(piece.Operation.Keys[i], failure);
        }
    }

    protected override void FailKey(TItem item, ReadOnlySpan<byte> key, MemcachedConnectionException? failure)
    {
        if (!missOnFailure)
        {
            Fail(key, Router.NoServer(key, failure, Template));
        }
    }

    // What else is asked a second time is in zones, whose values do not move.
    private bool IsFormer(Piece piece) => piece.IsSecond && !Router.HasZones;

    // What is missing may be in the home zone of its key, or on the server where it was before.
    private void LookElsewhere(MemcachedServer server, Piece piece)
    {
        var values = piece.Operation.Values;
        if (values.Hits.Count == piece.Items.Count || (!Router.HasZones && Router.Moves?.Source is null))
        {
            return;
        }

        for (var i = 0; i < piece.Items.Count; i++)
        {
            var key = piece.Operation.Keys[i];
            if (!values.IsTaken(i) && FindSecond(key, server) is { } second)
            {
                LookAgain(second, piece.Items[i], key);
            }
        }
    }

    private MemcachedServer? FindSecond(ReadOnlySpan<byte> key, MemcachedServer server) =>
        !Router.HasZones ? MovedReads.FindSource(Router, key)
        : WantsCas ? null
        : Router.FindSecond(key, server);

    private void Take(TItem item, ReadOnlySpan<byte> key, in BatchReply.Hit hit, ReadOnlyMemory<byte> payload, in CasToken cas)
    {
        try
        {
            _found[item] = ToFound(Decode(key, hit, payload, cas), cas);
            _hits++;
        }
        catch (CacheValueException exception)
        {
            _unreadable++;
            _found.AddUnreadable(item, exception);
        }
    }

    // A multi-get does not tell an empty value from the placeholder of one that is being created: these are asked for together.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask ReadDoubtfulAsync(List<DoubtfulKey> doubtful, CancellationToken cancellationToken)
    {
        var replies = new ValueTask<CacheValue<T>>[doubtful.Count];
        var sends = SendBatch.Begin();
        try
        {
            for (var i = 0; i < replies.Length; i++)
            {
                replies[i] = ReadAgain(doubtful[i], cancellationToken);
            }
        }
        finally
        {
            sends.End();
        }

        for (var i = 0; i < replies.Length; i++)
        {
            var item = doubtful[i].Item;
            try
            {
                var value = await replies[i].ConfigureAwait(false);
                if (value.Found)
                {
                    _found[item] = ToFound(value.Value!, value.Cas);
                    _hits++;
                }
            }
            catch (CacheValueException exception)
            {
                _unreadable++;
                _found.AddUnreadable(item, exception);
            }
            catch (Exception exception)
            {
                Fail(doubtful[i].Key, exception);
            }
        }

        _failure?.ThrowIfAny(KeyCount);
    }

    private ValueTask<CacheValue<T>> ReadAgain(DoubtfulKey doubtful, CancellationToken cancellationToken)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Verb.Get, doubtful.Key, Template);
        operation.Decode(codec, pipeline);
        operation.Request.WantsCas = WantsCas;
        operation.Route.MissOnFailure = missOnFailure;
        return reads.Read(operation, Router, codec, cancellationToken);
    }

    private void Fail(ReadOnlySpan<byte> key, Exception failure) => (_failure ??= new BatchFailure(Template)).Add(key, failure);

    /// <summary>A key under which there is an empty value, or a placeholder.</summary>
    private readonly record struct DoubtfulKey(TItem Item, byte[] Key);
}

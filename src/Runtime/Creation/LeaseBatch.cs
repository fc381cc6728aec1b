using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TypedCache.Near;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>Reads many values, from all servers in parallel, and wins the leases of those that have to be created.</summary>
internal sealed class LeaseBatch<TKey, T>(
    OperationSender sender, OperationRouter router, ValuePipeline pipeline, ICacheCodec<T> codec, GetOrCreateOptions options, NearBatch<T>? near, Dictionary<TKey, T> found, KeyTemplate? template)
    : BatchRequest<TKey>(sender, router, template)
    where TKey : notnull
{
    private Exception? _failure;

    /// <summary>How many values are fresh.</summary>
    public int Hits { get; private set; }

    /// <summary>Those of them that are to be audited; null: none.</summary>
    public List<KeyRead>? Audited { get; private set; }

    /// <summary>Whether fresh values are among the <see cref="Others"/> too, for whoever has to look at them.</summary>
    public bool TakesNone { get; init; }

    /// <summary>What is not simply there: missing, stale, or unreadable.</summary>
    public List<KeyRead> Others { get; set; } = [];

    /// <summary>Reads; what is fresh is found then.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It has been cancelled. What is among the others may have won leases all the same.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        near?.Count();
        await AskAsync(cancellationToken).ConfigureAwait(false);
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <summary>A value is fresh.</summary>
    public void NoteHit(TKey item, ReadOnlySpan<byte> key)
    {
        Hits++;
        if (options.Sampling is { } sampling && sampling.IsDue())
        {
            (Audited ??= []).Add(new KeyRead(item, key.ToArray(), default));
        }
    }

    /// <summary>Takes a value that is near, or asks for it.</summary>
    public override void Add(TKey item, ReadOnlySpan<byte> key)
    {
        if (near is not null && near.TryTake(key, out var value))
        {
            CountKnown();
            found[item] = value;
            NoteHit(item, key);
        }
        else
        {
            base.Add(item, key);
        }
    }

    protected override BatchReadOperation Rent()
    {
        var operation = BatchReadOperation.Rent(Verb.GetOrLeaseBatch, Template);
        operation.Request.WantsCas = true;
        operation.Request.WantsTimeLeft = near is not null;
        operation.Request.RefreshWithin = options.StaleSeconds;
        operation.Request.LeaseSeconds = options.LeaseSeconds;
        return operation;
    }

    protected override void Take(MemcachedServer server, Piece piece) => Take(server, piece, missing: Lease.Unknown);

    protected override void FailPiece(MemcachedServer server, Piece piece, Exception failure)
    {
        switch (failure)
        {
            case MemcachedServerException:
                // Refused was one of the keys; the others have been answered.
                Take(server, piece, missing: Lease.Unreachable);
                break;
            case MemcachedException:
                for (var i = 0; i < piece.Items.Count; i++)
                {
                    FailKey(piece.Items[i], piece.Operation.Keys[i], failure: null);
                }

                break;
            default:
                _failure ??= failure;
                break;
        }
    }

    protected override void FailKey(TKey item, ReadOnlySpan<byte> key, MemcachedConnectionException? failure) =>
        Others.Add(new KeyRead(item, key.ToArray(), LeaseRead<T>.Unreachable));

    private void Take(MemcachedServer server, Piece piece, Lease missing)
    {
        var values = piece.Operation.Values;
        server.NoteLengths(values.Payload.Length, values.Hits.Count);
        foreach (var hit in values.Hits)
        {
            Take(server, piece, hit);
        }

        for (var i = 0; values.Hits.Count < piece.Items.Count && i < piece.Items.Count; i++)
        {
            if (!values.IsTaken(i))
            {
                Others.Add(new KeyRead(piece.Items[i], piece.Operation.Keys[i].ToArray(), new LeaseRead<T> { Lease = missing }));
            }
        }
    }

    private void Take(MemcachedServer server, Piece piece, BatchReply.Hit hit)
    {
        var item = piece.Items[hit.Position];
        var key = piece.Operation.Keys[hit.Position];
        var lease = new Lease(server, hit.Cas, piece.Operation.Generation);
        if (hit.IsPlaceholder)
        {
            Others.Add(new KeyRead(item, key.ToArray(), new LeaseRead<T> { Lease = lease, Marks = hit.Marks }));
            return;
        }

        server.NoteLength(key, hit.Length);
        var payload = piece.Operation.Values.PayloadOf(hit);
        try
        {
            if (hit.Marks == LeaseMarks.None && !TakesNone)
            {
                found[item] = near is null
                    ? pipeline.Decode(codec, key, hit.Flags, payload, Template)
                    : near.Receive(key, hit, payload, new CasToken(hit.Cas, server, piece.Operation.Generation));
                NoteHit(item, key);
                return;
            }

            var value = pipeline.Decode(codec, key, hit.Flags, payload, Template);
            var bytes = options.FailSafe > TimeSpan.Zero && (hit.Marks & LeaseMarks.Won) != 0 ? new StoredBytes(payload.ToArray(), hit.Flags) : null;
            Others.Add(new KeyRead(item, key.ToArray(), new LeaseRead<T> { Lease = lease, Marks = hit.Marks, HasValue = true, Value = value, Bytes = bytes }));
        }
        catch (CacheValueException)
        {
            Others.Add(new KeyRead(item, key.ToArray(), new LeaseRead<T> { Lease = lease, Marks = hit.Marks, IsUndecodable = true }));
        }
    }

    /// <summary>What was read of a key.</summary>
    /// <param name="Item">What the caller calls the key.</param>
    /// <param name="Key">The key as it goes over the wire.</param>
    /// <param name="Read">What was read.</param>
    internal readonly record struct KeyRead(TKey Item, byte[] Key, LeaseRead<T> Read);
}

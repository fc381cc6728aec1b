using System.Runtime.CompilerServices;
using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Near;

/// <summary>
/// Reads what the near cache does not have, or may not give out any more. Of all callers of a process who ask for the same, one asks the
/// server: whether the value that is kept has changed, if one is, or else for the value.
/// </summary>
/// <param name="cache">Keeps what is read.</param>
/// <param name="sender">Sends operations.</param>
/// <param name="pipeline">Reads values.</param>
/// <param name="missOnFailure">Whether a read ends as a miss where no server can be reached.</param>
/// <param name="time">The pool's clock.</param>
internal sealed class NearReads(NearCache cache, OperationSender sender, ValuePipeline pipeline, bool missOnFailure, TimeProvider time)
{
    // A server that does not compare CAS numbers sends the value with its number; only where the value is this long is the number asked for alone.
    private const int LargeLength = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], object> _flights = new(KeyComparer.Instance);

    /// <summary>Reads, together with others who ask for the same.</summary>
    /// <param name="key">The key as it goes over the wire, which is kept.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="near">What the caller wants.</param>
    /// <param name="template">What the key is called in telemetry.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<NearRead<T>> ReadAsync<T>(
        byte[] key, int hash, ICacheCodec<T> codec, NearOptions near, KeyTemplate? template, CancellationToken cancellationToken)
    {
        var flight = Join(key, hash, codec, near, template, out var isNew);
        if (isNew)
        {
            _ = FlyAsync(flight);
        }

        if (await flight.Call.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false) is { } result)
        {
            PoolTelemetry.CountNear(template, result.Outcome);
            return result.Read;
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>The value for one caller.</summary>
    public T Take<T>(in NearRead<T> read, byte[] key, ICacheCodec<T> codec, KeyTemplate? template) =>
        read.Bytes is { } bytes ? pipeline.Decode(codec, key, bytes.Flags, bytes.Payload, template) : read.Value!;

    private NearFlight<T> Join<T>(byte[] key, int hash, ICacheCodec<T> codec, NearOptions near, KeyTemplate? template, out bool isNew)
    {
        var epoch = cache.EpochOf(hash);
        var router = sender.Router;
        lock (_gate)
        {
            isNew = !(_flights.TryGetValue(key, out var other) && other is NearFlight<T> joined && joined.Fits(codec, near, router, epoch));
            if (!isNew)
            {
                return (NearFlight<T>)other!;
            }

            // One that does not fit goes on for those who wait for it.
            var flight = new NearFlight<T> { Key = key, Hash = hash, Epoch = epoch, Router = router, Codec = codec, Near = near, Template = template };
            _flights[key] = flight;
            return flight;
        }
    }

    private async Task FlyAsync<T>(NearFlight<T> flight)
    {
        NearResult<T> result = default;
        Exception? failure = null;
        try
        {
            result = await AskAsync(flight).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        lock (_gate)
        {
            if (_flights.TryGetValue(flight.Key, out var listed) && listed == (object)flight)
            {
                _flights.Remove(flight.Key);
            }
        }

        flight.Call.End(result, failure);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<NearResult<T>> AskAsync<T>(NearFlight<T> flight)
    {
        var kept = cache.FindKept(flight.Key, flight.Hash, flight.Codec, flight.Near, flight.Router);
        if (kept is not null && cache.MayRevalidate(kept) && await RevalidateAsync(flight, kept).ConfigureAwait(false) is { } result)
        {
            return result;
        }

        var start = cache.Start;
        var operation = Begin(flight, Verb.GetNear);
        operation.Route.MissOnFailure = missOnFailure;
        sender.Send(operation, flight.Router, CancellationToken.None);
        var read = await operation.AsNearRead().ConfigureAwait(false);
        Keep(flight, read, start);
        return new NearResult<T>(read, kept is null ? NearOutcome.Miss : NearOutcome.Expired);
    }

    // Null: the value has to be read.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<NearResult<T>?> RevalidateAsync<T>(NearFlight<T> flight, NearValue<T> kept)
    {
        var start = cache.Start;
        var operation = Begin(flight, kept.Length >= LargeLength && !kept.Server.ComparesCas ? Verb.InspectItem : Verb.GetNear);
        operation.Compare(kept.Cas);
        sender.Send(operation, flight.Router, CancellationToken.None);
        NearRead<T> read;
        try
        {
            read = await operation.AsNearRead().ConfigureAwait(false);
        }
        catch (MemcachedException)
        {
            return null;
        }

        switch (read.Code)
        {
            case ReplyCode.Exists:
                return null;
            case ReplyCode.Unchanged when read.Server != kept.Server || !kept.IsOf(flight.Router):
                return null;
            case ReplyCode.Unchanged:
                Renew(flight, kept, read, start);
                return new NearResult<T>(read with { Value = kept.Value, Bytes = kept.Bytes }, NearOutcome.Revalidated);
            default:
                Keep(flight, read, start);
                return new NearResult<T>(read, NearOutcome.Expired);
        }
    }

    private void Renew<T>(NearFlight<T> flight, NearValue<T> kept, in NearRead<T> read, long start)
    {
        if (read is { Marks: LeaseMarks.None, TimeLeft: { } timeLeft })
        {
            cache.Renew(kept, flight.Epoch, start, timeLeft);
        }
    }

    private ReadOperation<T> Begin<T>(NearFlight<T> flight, Verb verb)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(verb, flight.Key, flight.Template);
        operation.Decode(flight.Codec, pipeline);
        operation.KeepsBytes = !flight.Near.SharesValues;
        operation.Request.WantsCas = true;
        return operation;
    }

    private void Keep<T>(NearFlight<T> flight, in NearRead<T> read, long start) =>
        cache.Keep(flight.Key, flight.Hash, flight.Epoch, read, start, flight.Codec, flight.Near, flight.Router);
}

using TypedCache.Pool;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache.Near;

/// <summary>A multi-get that asks the servers only for what the near cache does not have.</summary>
/// <remarks>A classic multi-get does not say how long values live, so each key is asked for by itself.</remarks>
internal sealed class NearBatchRead<TItem, T>(
    NearBatch<T> near, OperationSender sender, OperationRouter router, MovedReads reads, ValuePipeline pipeline, ICacheCodec<T> codec, bool missOnFailure, int expectedItems, PoolTelemetry telemetry, KeyTemplate? template)
    : BatchRead<TItem, T, T>(sender, router, reads, pipeline, codec, missOnFailure, expectedItems, telemetry, template)
    where TItem : notnull
{
    protected override bool WantsCas => false;

    /// <summary>Takes a value that is near, or asks for it.</summary>
    public override void Add(TItem item, ReadOnlySpan<byte> key)
    {
        if (near.TryTake(key, out var value))
        {
            TakeKnown(item, value);
        }
        else
        {
            base.Add(item, key);
        }
    }

    protected override T ToFound(T value, in CasToken cas) => value;

    protected override BatchReadOperation Rent()
    {
        var operation = BatchReadOperation.Rent(Verb.GetNearBatch, Template);
        operation.Request.WantsCas = true;
        return operation;
    }

    protected override T Decode(ReadOnlySpan<byte> key, in BatchReply.Hit hit, ReadOnlyMemory<byte> payload, in CasToken cas) =>
        near.Receive(key, hit, payload, cas);
}

using TypedCache.Pool.Moves;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>A multi-get of values alone.</summary>
internal sealed class PlainBatchRead<TItem, T>(
    OperationSender sender, OperationRouter router, MovedReads reads, ValuePipeline pipeline, ICacheCodec<T> codec, bool missOnFailure, int expectedItems, PoolTelemetry telemetry, KeyTemplate? template)
    : BatchRead<TItem, T, T>(sender, router, reads, pipeline, codec, missOnFailure, expectedItems, telemetry, template)
    where TItem : notnull
{
    protected override bool WantsCas => false;

    protected override T ToFound(T value, in CasToken cas) => value;
}

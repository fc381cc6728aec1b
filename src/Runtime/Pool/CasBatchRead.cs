using TypedCache.Pool.Moves;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>A multi-get of values with their CAS numbers.</summary>
internal sealed class CasBatchRead<TItem, T>(
    OperationSender sender, OperationRouter router, MovedReads reads, ValuePipeline pipeline, ICacheCodec<T> codec, bool missOnFailure, int expectedItems, PoolTelemetry telemetry, KeyTemplate? template)
    : BatchRead<TItem, T, CacheValue<T>>(sender, router, reads, pipeline, codec, missOnFailure, expectedItems, telemetry, template)
    where TItem : notnull
{
    protected override bool WantsCas => true;

    protected override CacheValue<T> ToFound(T value, in CasToken cas) => new(value, cas);
}

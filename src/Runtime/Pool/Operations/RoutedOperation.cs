using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Pool.Operations;

/// <summary>An operation of a pool: it has a route over the servers.</summary>
internal abstract class RoutedOperation(Request request, Reply reply) : Operation(request, reply)
{
    public override OperationRoute Route { get; } = new();

    protected override void Reset()
    {
        Route.Clear();
        base.Reset();
    }
}

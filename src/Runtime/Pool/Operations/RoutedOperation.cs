using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Pool.Operations;

/// <summary>An operation of a pool: it has a route over the servers.</summary>
internal abstract class RoutedOperation(Request request, Reply reply) : Operation(request, reply)
{
    /// <summary>The caller's call; empty where nobody listens, and for what no caller has asked for.</summary>
    public CallRecord Record;

    public override OperationRoute Route { get; } = new();

    /// <summary>
    /// Ties the operation to the state in which a value was read. Where that state can say nothing, no byte is sent and the answer is
    /// <see cref="ReplyCode.Exists"/>: the key has another server now, or the server may have been restarted.
    /// </summary>
    public void Compare(CasToken cas)
    {
        Request.Cas = cas;
        Request.NewestConnection = cas.NewestConnection;
        Route.CasServer = cas.Server as MemcachedServer;
    }

    /// <summary>The caller takes the result.</summary>
    protected void End(bool succeeded)
    {
        if (Record.IsActive)
        {
            Record.End(succeeded, Route.Server?.Telemetry);
        }

        NoteFailover();
    }

    /// <inheritdoc cref="End(bool)"/>
    protected void End(CallResult result)
    {
        if (Record.IsActive)
        {
            Record.End(result, Route.Server?.Telemetry);
        }

        NoteFailover();
    }

    /// <summary>The caller gets an exception. To be used as a filter: the exception goes on as it is.</summary>
    /// <returns>False.</returns>
    protected bool Noted(Exception exception) => Record.Fail(exception, Route.Server?.Telemetry);

    private void NoteFailover()
    {
        if (Route.IsAwayFromHome)
        {
            Route.Server!.Telemetry.TookOver();
        }
    }

    protected override void Reset()
    {
        Route.Clear();
        base.Reset();
    }
}

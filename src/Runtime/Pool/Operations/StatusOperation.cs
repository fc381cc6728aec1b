using System.Threading.Tasks.Sources;
using TypedCache.Protocol;

namespace TypedCache.Pool.Operations;

/// <summary>An operation whose reply says only whether it succeeded: stores, delete, touch, exists.</summary>
internal sealed class StatusOperation() : RoutedOperation(new Request(), new Reply()), IPooled<StatusOperation>, IValueTaskSource, IValueTaskSource<bool>, IValueTaskSource<CasResult>
{
    public ValueTask AsTask() => new(this, Version);

    public ValueTask<bool> AsBoolean() => new(this, Version);

    public ValueTask<CasResult> AsCasResult() => new(this, Version);

    /// <summary>Fences a store by the state in which the value was read.</summary>
    public void Compare(CasToken cas)
    {
        Request.Cas = cas;
        Request.NewestConnection = cas.NewestConnection;
        Route.CasServer = cas.Server as MemcachedServer;
    }

    void IValueTaskSource.GetResult(short token) => TakeCode(token);

    bool IValueTaskSource<bool>.GetResult(short token) => TakeCode(token) == ReplyCode.Ok;

    CasResult IValueTaskSource<CasResult>.GetResult(short token) => TakeCode(token) switch
    {
        ReplyCode.Ok => CasResult.Stored,
        ReplyCode.NotFound => CasResult.NotFound,
        _ => CasResult.Changed,
    };

    static StatusOperation IPooled<StatusOperation>.Create() => new();

    protected override void Recycle() => OperationPool<StatusOperation>.Return(this);

    private ReplyCode TakeCode(short token)
    {
        CheckToken(token);
        try
        {
            return HasReply(token) && !Reply.IsPlaceholder ? Reply.Code : ReplyCode.Miss;
        }
        finally
        {
            Release();
        }
    }
}

using System.Threading.Tasks.Sources;
using TypedCache.Protocol;
using TypedCache.Telemetry;

namespace TypedCache.Pool.Operations;

/// <summary>An operation whose reply says only whether it succeeded: stores, delete, touch, exists.</summary>
internal sealed class StatusOperation() : RoutedOperation(new Request(), new Reply()), IPooled<StatusOperation>, IValueTaskSource, IValueTaskSource<bool>, IValueTaskSource<CasResult>
{
    public ValueTask AsTask() => new(this, Version);

    public ValueTask<bool> AsBoolean() => new(this, Version);

    public ValueTask<CasResult> AsCasResult() => new(this, Version);

    void IValueTaskSource.GetResult(short token) => TakeCode(token);

    bool IValueTaskSource<bool>.GetResult(short token) => TakeCode(token) == ReplyCode.Ok;

    CasResult IValueTaskSource<CasResult>.GetResult(short token) => ToCasResult(TakeCode(token));

    static StatusOperation IPooled<StatusOperation>.Create() => new();

    protected override void Recycle() => OperationPool<StatusOperation>.Return(this);

    private static CasResult ToCasResult(ReplyCode code) => code switch
    {
        ReplyCode.Ok => CasResult.Stored,
        ReplyCode.NotFound => CasResult.NotFound,
        _ => CasResult.Changed,
    };

    private bool NotedRefusal(MemcachedServerException exception)
    {
        if (exception.IsValueTooLarge)
        {
            Route.Server!.Telemetry.Refused(Request.Template, Request.Payload.Length);
        }

        return false;
    }

    private void NoteEnd(ReplyCode code)
    {
        if (Request.Verb == Verb.CompareAndSet && ToCasResult(code) == CasResult.Changed)
        {
            End(CallResult.Changed);
        }
        else
        {
            End(code == ReplyCode.Ok);
        }
    }

    private ReplyCode TakeCode(short token)
    {
        CheckToken(token);
        try
        {
            var code = HasReply(token) && !Reply.IsPlaceholder ? Reply.Code : ReplyCode.Miss;
            NoteEnd(code);
            return code;
        }
        catch (MemcachedServerException exception) when (NotedRefusal(exception))
        {
            throw;
        }
        catch (Exception exception) when (Noted(exception))
        {
            throw;
        }
        finally
        {
            Release();
        }
    }
}

using System.Threading.Tasks.Sources;
using TypedCache.Protocol;

namespace TypedCache.Pool.Operations;

/// <summary>An increment or decrement.</summary>
internal sealed class CounterOperation : RoutedOperation, IPooled<CounterOperation>, IValueTaskSource<ulong>, IValueTaskSource<ulong?>
{
    private readonly CounterReply _reply;

    public CounterOperation()
        : this(new CounterReply())
    {
    }

    private CounterOperation(CounterReply reply)
        : base(new Request(), reply) => _reply = reply;

    public ValueTask<ulong> AsCreated() => new(this, Version);

    public ValueTask<ulong?> AsExisting() => new(this, Version);

    ulong IValueTaskSource<ulong>.GetResult(short token) =>
        Take(token) ?? throw new MemcachedProtocolException("The server found no counter, although it was asked to create it.");

    ulong? IValueTaskSource<ulong?>.GetResult(short token) => Take(token);

    static CounterOperation IPooled<CounterOperation>.Create() => new();

    protected override void Recycle() => OperationPool<CounterOperation>.Return(this);

    private ulong? Take(short token)
    {
        CheckToken(token);
        try
        {
            ulong? value = HasReply(token) && _reply.Code == ReplyCode.Ok ? _reply.Value : null;
            End(value is not null);
            return value;
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

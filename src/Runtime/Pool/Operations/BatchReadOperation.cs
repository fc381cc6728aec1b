using System.Threading.Tasks.Sources;
using TypedCache.Protocol;

namespace TypedCache.Pool.Operations;

/// <summary>
/// One read of many keys on one server. A multi-get is the classic <c>get</c> with many keys, which servers answer about twice as
/// fast as the same number of <c>mg</c>; reads that may win leases need these.
/// </summary>
internal sealed class BatchReadOperation : RoutedOperation, IPooled<BatchReadOperation>, IValueTaskSource
{
    public BatchReadOperation()
        : this(new KeyList(), new BatchReply())
    {
    }

    private BatchReadOperation(KeyList keys, BatchReply reply)
        : base(new Request { Keys = keys }, reply)
    {
        Keys = keys;
        Values = reply;
    }

    /// <summary>What is asked for.</summary>
    public KeyList Keys { get; }

    /// <summary>What the server sent.</summary>
    public BatchReply Values { get; }

    /// <summary>Begins one.</summary>
    /// <param name="verb">A multi-get, or a batch of reads that may win leases.</param>
    /// <param name="template">What the keys are called in telemetry.</param>
    public static BatchReadOperation Rent(Verb verb, KeyTemplate? template = null)
    {
        var operation = OperationPool<BatchReadOperation>.Rent();
        operation.Begin(verb, default, template);
        return operation;
    }

    /// <summary>Completes when the values are there. Then, or if it failed, the caller has to call <see cref="Finish"/>.</summary>
    public ValueTask AsTask() => new(this, Version);

    /// <summary>The caller has taken what it needs.</summary>
    public void Finish() => Release();

    void IValueTaskSource.GetResult(short token) => HasReply(token);

    static BatchReadOperation IPooled<BatchReadOperation>.Create() => new();

    protected override void Recycle() => OperationPool<BatchReadOperation>.Return(this);
}

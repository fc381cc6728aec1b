using System.Threading.Tasks.Sources;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Pool.Operations;

/// <summary>A read of one value. The codec runs when the caller takes the result, never on behalf of somebody else.</summary>
internal sealed class ReadOperation<T> : RoutedOperation, IPooled<ReadOperation<T>>, IValueTaskSource<T?>, IValueTaskSource<CacheValue<T>>, IValueTaskSource<LeaseRead<T>>
{
    private readonly ValueReply<T> _reply;

    public ReadOperation()
        : this(new ValueReply<T>())
    {
    }

    private ReadOperation(ValueReply<T> reply)
        : base(new Request(), reply) => _reply = reply;

    /// <summary>Whether the caller also wants the bytes of a value that it has to replace.</summary>
    public bool KeepsBytes { get; set; }

    public void Decode(ICacheCodec<T> codec, ValuePipeline pipeline) => _reply.Expect(codec, pipeline);

    public ValueTask<T?> AsValue() => new(this, Version);

    public ValueTask<CacheValue<T>> AsCacheValue() => new(this, Version);

    public ValueTask<LeaseRead<T>> AsLeaseRead() => new(this, Version);

    T? IValueTaskSource<T?>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            var found = HasReply(token) && _reply.HasValue;
            var value = found ? _reply.Decode(Request) : default;
            End(found);
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

    CacheValue<T> IValueTaskSource<CacheValue<T>>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            var found = HasReply(token) && _reply.HasValue;
            var value = found ? new CacheValue<T>(_reply.Decode(Request), CasOf(_reply)) : CacheValue<T>.Miss;
            End(found);
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

    LeaseRead<T> IValueTaskSource<LeaseRead<T>>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            HasReply(token);
            End(_reply.HasValue);
            return TakeLeaseRead();
        }
        finally
        {
            Release();
        }
    }

    static ReadOperation<T> IPooled<ReadOperation<T>>.Create() => new();

    protected override void Recycle() => OperationPool<ReadOperation<T>>.Return(this);

    protected override void Reset()
    {
        KeepsBytes = false;
        base.Reset();
    }

    private CasToken CasOf(ValueReply<T> reply) => reply.Cas == 0 ? default : new CasToken(reply.Cas, Route.Server, Generation);

    // A miss without a CAS number comes from a server that knows no leases: any other leaves a placeholder.
    private LeaseRead<T> TakeLeaseRead()
    {
        var lease = _reply.Cas == 0 ? Lease.Unknown : new Lease(Route.Server, _reply.Cas, Generation);
        var marks = _reply.Marks;
        if (!_reply.HasValue)
        {
            return new LeaseRead<T> { Lease = lease, Marks = marks };
        }

        try
        {
            var bytes = KeepsBytes && (marks & LeaseMarks.Won) != 0 ? _reply.CopyBytes() : null;
            return new LeaseRead<T> { Lease = lease, Marks = marks, HasValue = true, Value = _reply.Decode(Request), Bytes = bytes, TimeLeft = _reply.SaysTimeLeft ? _reply.TimeLeft : null };
        }
        catch (CacheValueException)
        {
            return new LeaseRead<T> { Lease = lease, Marks = marks, IsUndecodable = true };
        }
    }
}

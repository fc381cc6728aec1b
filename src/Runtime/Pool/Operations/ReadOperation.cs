using System.Threading.Tasks.Sources;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Pool.Operations;

/// <summary>A read of one value. The codec runs when the caller takes the result, never on behalf of somebody else.</summary>
internal sealed class ReadOperation<T> : RoutedOperation, IPooled<ReadOperation<T>>, IValueTaskSource<T?>, IValueTaskSource<CacheValue<T>>, IValueTaskSource<LeaseRead<T>>, IValueTaskSource<NearRead<T>>
{
    private readonly ValueReply<T> _reply;

    public ReadOperation()
        : this(new ValueReply<T>())
    {
    }

    private ReadOperation(ValueReply<T> reply)
        : base(new Request(), reply) => _reply = reply;

    /// <summary>Whether the caller also wants the bytes of a value that it has to replace, or keeps them in place of the object.</summary>
    public bool KeepsBytes { get; set; }

    public void Decode(ICacheCodec<T> codec, ValuePipeline pipeline) => _reply.Expect(codec, pipeline);

    public ValueTask<T?> AsValue() => new(this, Version);

    public ValueTask<CacheValue<T>> AsCacheValue() => new(this, Version);

    public ValueTask<LeaseRead<T>> AsLeaseRead() => new(this, Version);

    public ValueTask<NearRead<T>> AsNearRead() => new(this, Version);

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

    NearRead<T> IValueTaskSource<NearRead<T>>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            var read = HasReply(token) ? TakeNearRead() : default;
            End(read.Found);
            return read;
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

    static ReadOperation<T> IPooled<ReadOperation<T>>.Create() => new();

    protected override void Recycle() => OperationPool<ReadOperation<T>>.Return(this);

    protected override void Reset()
    {
        KeepsBytes = false;
        base.Reset();
    }

    private CasToken CasOf(ValueReply<T> reply) => reply.Cas == 0 ? default : new CasToken(reply.Cas, Route.Server, Generation);

    // A value with the CAS number that the caller has is not read again, whether or not the server has sent it.
    private NearRead<T> TakeNearRead()
    {
        var code = _reply.IsPlaceholder ? ReplyCode.Miss : _reply.Code;
        if (code is not (ReplyCode.Ok or ReplyCode.Unchanged))
        {
            return new NearRead<T> { Code = code };
        }

        var read = new NearRead<T>
        {
            Code = Request.Cas != 0 && _reply.Cas == Request.Cas ? ReplyCode.Unchanged : code,
            Cas = new CasToken(_reply.Cas, Route.Server, Generation),
            Marks = _reply.Marks,
            TimeLeft = _reply.SaysTimeLeft ? _reply.TimeLeft : null,
        };
        return read.Code == ReplyCode.Unchanged ? read
            : Request.Verb == Verb.InspectItem ? read with { Code = ReplyCode.Exists }
            : TakeValue(read);
    }

    // What reading it has allocated is what it takes, and perhaps a little more.
    private NearRead<T> TakeValue(in NearRead<T> read)
    {
        var length = _reply.Length;
        if (KeepsBytes)
        {
            return read with { Bytes = _reply.CopyBytes(), Size = length, Length = length };
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var value = _reply.Decode(Request);
        return read with { Value = value, Size = GC.GetAllocatedBytesForCurrentThread() - before, Length = length };
    }

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

using System.Threading.Tasks.Sources;
using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Creation;

/// <summary>
/// One get-or-create operation of one caller. It is pooled, so that one that finds its value allocates nothing else; whatever takes
/// longer goes on in the <see cref="CreationBroker"/>.
/// </summary>
internal sealed class GetOrCreateCall<TState, T> : IPooled<GetOrCreateCall<TState, T>>, IValueTaskSource<T>, IHelpingCaller
{
    private readonly byte[] _key = new byte[CacheKeyWriter.MaxLength];
    private readonly Action _continue;
    private Completion<T> _completion;
    private System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable<LeaseRead<T>>.ConfiguredValueTaskAwaiter _reading;
    private int _keyLength;
    private CreationBroker? _broker;
    private OperationRouter? _router;
    private TState? _state;
    private CreateFunction<TState, T> _create;
    private ICacheCodec<T>? _codec;
    private GetOrCreateOptions? _options;
    private CacheExpiry? _expires;
    private CreationTelemetry _telemetry;
    private CallRecord _record;
    private CallResult _result;
    private ServerTelemetry? _server;
    private ExecutionContext? _context;
    private CancellationToken _cancellationToken;
    private volatile BlockedCaller? _blocked;
    private volatile CreationWork? _work;

    public GetOrCreateCall() => _continue = ContinueInContext;

    private ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <summary>Says what is wanted.</summary>
    public void Begin(
        CreationBroker broker, TState state, CreateFunction<TState, T> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, CreationTelemetry telemetry, CallRecord record)
    {
        _broker = broker;
        _state = state;
        _create = create;
        _codec = codec;
        _options = options;
        _expires = expires;
        _telemetry = telemetry;
        _record = record;
    }

    /// <summary>Reads, and goes on from there.</summary>
    /// <param name="commands">Sends the read.</param>
    /// <param name="operation">A read that has its key.</param>
    /// <param name="cancellationToken">Ends the caller's waiting.</param>
    public ValueTask<T> Start(LeaseCommands commands, ReadOperation<T> operation, CancellationToken cancellationToken)
    {
        operation.Request.Key.CopyTo(_key);
        _keyLength = operation.Request.Key.Length;
        _context = ExecutionContext.Capture();
        _cancellationToken = cancellationToken;
        var result = new ValueTask<T>(this, _completion.Version);
        _router = commands.Router;
        _reading = commands.Read(operation, _router, _codec!, _options!, cancellationToken).ConfigureAwait(false).GetAwaiter();
        if (_reading.IsCompleted)
        {
            Continue();
        }
        else
        {
            _reading.UnsafeOnCompleted(_continue);
        }

        return result;
    }

    static GetOrCreateCall<TState, T> IPooled<GetOrCreateCall<TState, T>>.Create() => new();

    T IValueTaskSource<T>.GetResult(short token)
    {
        // A caller who takes the result twice must not give the object back twice.
        if (_completion.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            Block(token);
        }

        try
        {
            var value = _completion.GetResult(token);
            _record.End(_result, _server);
            return value;
        }
        catch (Exception exception) when (_record.Fail(exception, _server))
        {
            throw;
        }
        finally
        {
            Reset();
            OperationPool<GetOrCreateCall<TState, T>>.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    // One whose waiting can be cancelled has to hear of that, and does nothing else meanwhile.
    void IHelpingCaller.Offer(CreationWork work)
    {
        if (!_cancellationToken.CanBeCanceled && work.HasContext)
        {
            _work = work;
            Interlocked.MemoryBarrier();
            _blocked?.Offer(work);
        }
    }

    private void Block(short token)
    {
        var caller = new BlockedCaller();
        _blocked = caller;
        Interlocked.MemoryBarrier();
        if (_work is { } work)
        {
            caller.Offer(work);
        }

        _completion.Wait(caller, token);
    }

    // The reply came on a thread of the connection. Codecs and whatever else the application has run in the caller's context.
    private void ContinueInContext()
    {
        if (_context is null)
        {
            Continue();
        }
        else
        {
            ExecutionContext.Run(_context, static call => ((GetOrCreateCall<TState, T>)call!).Continue(), this);
        }
    }

    private void Continue()
    {
        LeaseRead<T> read;
        try
        {
            read = _reading.GetResult();
        }
        catch (MemcachedException)
        {
            read = LeaseRead<T>.Unreachable;
        }
        catch (Exception exception)
        {
            _completion.SetException(exception, isInline: true);
            return;
        }

        _server = read.Lease.Server?.Telemetry;
        if (read.IsUsable(_options!.Stale > TimeSpan.Zero))
        {
            GiveOut(read);
        }
        else
        {
            _result = CallResult.Miss;
            _ = ResolveAsync(read);
        }
    }

    private void GiveOut(LeaseRead<T> read)
    {
        if (read.Marks == LeaseMarks.None)
        {
            _result = CallResult.Hit;
            if (_options!.Sampling is { } sampling && sampling.IsDue())
            {
                sampling.Begin(_broker!, Plan());
            }
        }
        else
        {
            _result = CallResult.Stale;
            if (_broker!.IsRefreshDue(Key, read, _options!))
            {
                _broker.Refresh(Plan(), read);
            }
        }

        _completion.SetResult(read.Value!, isInline: true);
    }

    private async Task ResolveAsync(LeaseRead<T> read)
    {
        T value;
        try
        {
            value = await _broker!.ResolveAsync(Plan(), read, this, _record.Span, _cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _completion.SetException(exception, isInline: false);
            return;
        }

        // Whoever brought the value has other things to do than what the caller does next.
        _completion.SetResult(value, isInline: false);
    }

    private CreationPlan<TState, T> Plan() => new(Key.ToArray(), _router!, _state!, _create, _codec!, _options!, _expires, _telemetry);

    private void Reset()
    {
        _completion.Reset();
        _reading = default;
        _broker = null;
        _router = null;
        _state = default;
        _create = default;
        _codec = null;
        _options = null;
        _expires = null;
        _telemetry = default;
        _server = null;
        _context = null;
        _blocked = null;
        _work = null;
        _cancellationToken = default;
    }
}

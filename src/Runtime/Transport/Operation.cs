using System.Diagnostics;
using System.Threading.Tasks.Sources;
using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>
/// A request, its reply, and who waits for it. Pooled: an awaited operation goes back when its caller has taken the
/// result and the wire owes it nothing any more, whichever comes last.
/// </summary>
/// <remarks>
/// Two sides hold an operation: the caller, who may leave early (cancellation, timeout), and the wire, which still has to read
/// the reply of a caller who left. One compare-and-swap on <c>_state</c> decides which of them ends it.
/// </remarks>
/// <param name="request">The request, of this operation alone.</param>
/// <param name="reply">Its reply, of this operation alone.</param>
internal abstract class Operation(Request request, Reply reply)
{
    private const int Pending = 0;
    private const int Answered = 1;
    private const int Abandoned = 2;
    private const int PhaseMask = 3;
    private const int NextUse = 4;

    private const int CallerLeft = 1;
    private const int WireLeft = 2;

    private static uint s_lastIdentity;

    private readonly uint _identity = Interlocked.Increment(ref s_lastIdentity) * 0x9E37_79B1u;
    private Completion<bool> _completion;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _token;
    private int _state;
    private int _leftBy;

    public Request Request { get; } = request;

    public Reply Reply { get; } = reply;

    /// <summary>Where the operation goes beyond its connection; null: nowhere.</summary>
    public abstract IOperationRoute? Route { get; }

    /// <summary>Which connection to the server was the newest one that was ready when the request was sent (<see cref="ConnectionNumbers"/>).</summary>
    public int Generation { get; set; }

    /// <summary>When the caller stops waiting, in milliseconds of the <see cref="LimitClock"/>.</summary>
    public long Deadline { get; set; }

    /// <summary>Whether its <see cref="Route"/> hears of the answer, whether or not the caller still waits.</summary>
    public bool IsFollowed { get; set; }

    /// <summary>Identifies this use of the object, for <see cref="Abandon"/>.</summary>
    public int Use => Volatile.Read(ref _state);

    /// <summary>Whether the caller has left, so that there is no need to send.</summary>
    public bool IsAbandoned => (Use & PhaseMask) == Abandoned;

    protected short Version => _completion.Version;

    /// <summary>Prepares the request.</summary>
    /// <exception cref="Keys.CacheKeyException">The key is not valid.</exception>
    public void Begin(Verb verb, ReadOnlySpan<byte> key, KeyTemplate? template = null) =>
        Request.Begin(verb, key, unchecked(_identity + (uint)_state), template);

    /// <summary>Lets the token end the caller's waiting. Called once the request is complete and before it is sent.</summary>
    public void ObserveCancellation(CancellationToken token)
    {
        if (token.CanBeCanceled)
        {
            _token = token;
            _cancellation = token.UnsafeRegister(static state => ((Operation)state!).Cancel(), this);
        }
    }

    /// <summary>Ends the caller's waiting with an exception, unless the reply came first. The reply is still owed by the wire.</summary>
    /// <param name="use">What <see cref="Use"/> gave, so that a later use of the same object is not hit.</param>
    /// <param name="failure">The exception.</param>
    public void Abandon(int use, Exception failure)
    {
        if ((use & PhaseMask) == Pending
            && Interlocked.CompareExchange(ref _state, use | Abandoned, use) == use)
        {
            EndWithout(failure);
        }
    }

    /// <summary>Hands the parsed reply to the caller, whose continuation runs before this returns; drops it if the caller has left.</summary>
    public void Answer()
    {
        if (IsFollowed)
        {
            Route!.Answered(this);
        }

        if (!TryEnd())
        {
            return;
        }

        // Reads that cannot use a lease are given one all the same when the value was invalidated.
        if (Request.Verb is not (Verb.GetOrLease or Verb.GetOrLeaseBatch))
        {
            ReturnLease();
        }

        Unregister();
        if (Reply.Refusal is { } refusal)
        {
            _completion.SetException(refusal, isInline: true);
        }
        else
        {
            _completion.SetResult(true, isInline: true);
        }
    }

    /// <summary>Ends the operation as if the server had answered, on a thread of the pool. No byte of it has been sent.</summary>
    public void AnswerUnsent(ReplyCode code)
    {
        if (TryEnd())
        {
            Reply.Code = code;
            Unregister();
            _completion.SetResult(true, isInline: false);
        }
    }

    /// <summary>Ends the operation with a failure, on a thread of the pool.</summary>
    public void Fail(Exception failure)
    {
        if (TryEnd())
        {
            EndWithout(failure);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    /// <summary>Throws what ended the operation, if it failed.</summary>
    /// <returns>Whether the reply is there to be read; false for a read that ends as a miss instead of failing.</returns>
    /// <remarks>Whoever asks before the end blocks until then.</remarks>
    protected bool HasReply(short token)
    {
        _completion.WaitForEnd(token);
        return _completion.GetResult(token);
    }

    /// <summary>Throws when the result of this use has been taken already, and blocks until there is one.</summary>
    protected void CheckToken(short token) => _completion.WaitForEnd(token);

    /// <summary>The caller has its result. From here on the object may be in use by somebody else.</summary>
    protected void Release()
    {
        _cancellation.Dispose();
        if ((Volatile.Read(ref _state) & PhaseMask) == Answered || LeaveAbandoned(CallerLeft))
        {
            Reset();
            Recycle();
        }
    }

    /// <summary>Gives the object back to its pool.</summary>
    protected abstract void Recycle();

    protected virtual void Reset()
    {
        _completion.Reset();
        _cancellation = default;
        _token = default;
        _leftBy = 0;
        Request.Clear();
        Reply.Clear();
        Generation = 0;
        IsFollowed = false;
        Volatile.Write(ref _state, unchecked((_state & ~PhaseMask) + NextUse));
    }

    // A caller who never takes the result must not be kept by a token that lives long.
    private void Unregister()
    {
        if (_token.CanBeCanceled)
        {
            _cancellation.Unregister();
        }
    }

    private void Cancel() => Abandon(Use, new OperationCanceledException(_token));

    private bool TryEnd()
    {
        var use = _state;
        if ((use & PhaseMask) == Pending
            && Interlocked.CompareExchange(ref _state, use | Answered, use) == use)
        {
            return true;
        }

        Debug.Assert((_state & PhaseMask) == Abandoned, "only the wire answers, and only once");
        ReturnLease();
        if (LeaveAbandoned(WireLeft))
        {
            Reset();
            Recycle();
        }

        return false;
    }

    private void ReturnLease()
    {
        if (Reply.HasUnusedLease(Request.Verb))
        {
            Route?.ReturnLease(this);
        }
    }

    // Caller and wire each leave an abandoned operation once; the second one has it for itself.
    private bool LeaveAbandoned(int side)
    {
        var left = Interlocked.Or(ref _leftBy, side);
        return (left & side) == 0
            ? left != 0
            : throw new InvalidOperationException("The result of a cache operation has been taken already: await its ValueTask once.");
    }

    // The wire may still write to an abandoned operation, so a miss must not be told by anything a reply sets.
    private void EndWithout(Exception failure)
    {
        Unregister();
        if (Route is { } route && route.EndsAsMiss(failure))
        {
            _completion.SetResult(false, isInline: false);
        }
        else
        {
            _completion.SetException(failure, isInline: false);
        }
    }
}

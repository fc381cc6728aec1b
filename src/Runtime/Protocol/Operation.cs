using System.Diagnostics;
using System.Threading.Tasks.Sources;
using TypedCache.Creation;
using TypedCache.Keys;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Protocol;

/// <summary>
/// One request and the place where its reply arrives. Pooled: an awaited operation goes back when its caller has taken the
/// result and the wire owes it nothing any more, whichever comes last.
/// </summary>
/// <remarks>
/// Two sides hold an operation: the caller, who may leave early (cancellation, timeout), and the wire, which still has to read
/// the reply of a caller who left. One compare-and-swap on <c>_state</c> decides which of them ends it.
/// </remarks>
internal abstract class Operation
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
    private readonly byte[] _key = new byte[CacheKeyWriter.MaxLength];
    private ManualResetValueTaskSourceCore<bool> _completion;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _token;
    private int _keyLength;
    private int _state;
    private int _leftBy;

    public Verb Verb { get; private set; }

    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <summary>Goes with the request and comes back with its reply, so that a stream out of step is noticed.</summary>
    public uint Opaque { get; set; }

    /// <summary>The value on its way out, and later the value which came in.</summary>
    public PayloadBuffer Payload { get; } = new();

    /// <summary>The value's flags, out and in.</summary>
    public uint Flags { get; set; }

    /// <summary>The expiry as it goes on the wire; 0 is never.</summary>
    public long Expiry { get; set; }

    /// <summary>The CAS number to compare with, and later the item's.</summary>
    public ulong Cas { get; set; }

    /// <summary>Whether the reply shall bring the CAS number.</summary>
    public bool WantsCas { get; set; }

    /// <summary>A read wins the refresh of a value which lives for fewer seconds than these; 0: it does not.</summary>
    public uint RefreshWithin { get; set; }

    /// <summary>A read leaves a placeholder for so many seconds where there is no value.</summary>
    public uint LeaseSeconds { get; set; }

    /// <summary>What the server says of leases on the item.</summary>
    public LeaseMarks Marks { get; set; }

    /// <summary>How long the item is, where the reply tells it without the value.</summary>
    public uint Size { get; set; }

    /// <summary>The position of the server which the operation was sent to last, where the router chose it.</summary>
    public int ServerIndex { get; set; }

    /// <summary>By how much a counter changes.</summary>
    public ulong Delta { get; set; }

    /// <summary>What a missing counter is created with; null: it is not created.</summary>
    public ulong? Initial { get; set; }

    public ReplyCode Code { get; set; }

    /// <summary>The server's refusal, where it answered with an error; the caller gets it thrown.</summary>
    public MemcachedServerException? Failure { get; set; }

    /// <summary>When the caller stops waiting, in <see cref="Environment.TickCount64"/> milliseconds.</summary>
    public long Deadline { get; set; }

    /// <summary>Reads of a pool which treats unreachable servers as misses end as a miss and not as an exception.</summary>
    public bool MissOnFailure { get; set; }

    /// <summary>Servers which have been tried in vain, one bit per index (those beyond 63 share the last).</summary>
    public ulong TriedServers { get; set; }

    /// <summary>Whether the connection for large values of one server has been tried in vain.</summary>
    public bool TriedBulkLink { get; set; }

    /// <summary>Where the length of the value which comes is noted; null where nobody wants to know.</summary>
    public LargeKeys? LargeKeys { get; set; }

    /// <summary>Whether the operation failed before a byte of it was sent, because its server cannot be reached.</summary>
    public bool WasTurnedAway { get; set; }

    /// <summary>Who finds another server for an operation which could not be sent.</summary>
    public IOperationRouter? Router { get; set; }

    /// <summary>Whether the one who waits is woken on the thread that ends the operation; set by a <see cref="BlockingWaiter"/>.</summary>
    public bool WakesAtOnce { get; set; }

    /// <summary>Identifies this use of the object, for <see cref="Abandon"/>.</summary>
    public int Ticket => Volatile.Read(ref _state);

    /// <summary>
    /// Whether the item is what a read left behind which won the lease of a missing value: for everybody else it is a miss. Real values
    /// without bytes and flags are taken for one only while they are refreshed.
    /// </summary>
    public bool IsPlaceholder => (Marks & (LeaseMarks.Won | LeaseMarks.Taken)) != 0 && Flags == 0 && ItemLength == 0;

    /// <summary>Whether the caller has left, so that there is no need to send.</summary>
    public bool IsAbandoned => (Ticket & PhaseMask) == Abandoned;

    protected short Version => _completion.Version;

    /// <summary>Prepares the request. The key has been checked.</summary>
    public void Begin(Verb verb, ReadOnlySpan<byte> key)
    {
        Verb = verb;
        key.CopyTo(_key);
        _keyLength = key.Length;
        Opaque = unchecked(_identity + (uint)_state);
    }

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
    /// <param name="ticket">What <see cref="Ticket"/> gave, so that a later use of the same object is not hit.</param>
    /// <param name="failure">The exception.</param>
    public void Abandon(int ticket, Exception failure)
    {
        if ((ticket & PhaseMask) == Pending
            && Interlocked.CompareExchange(ref _state, ticket | Abandoned, ticket) == ticket)
        {
            EndWithout(failure);
        }
    }

    /// <summary>Hands the parsed reply to the caller, whose continuation runs before this returns; drops it if the caller has left.</summary>
    public void Answer()
    {
        if (!TryEnd())
        {
            return;
        }

        // Reads which cannot use a lease are given one all the same when the value was invalidated.
        if (Verb != Verb.GetOrLease)
        {
            ReturnLease();
        }

        Unregister();
        _completion.RunContinuationsAsynchronously = false;
        if (Failure is null)
        {
            _completion.SetResult(true);
        }
        else
        {
            _completion.SetException(Failure);
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

    /// <summary>Takes the header of a value: its key where the reply names it (else empty), flags and length in bytes.</summary>
    /// <returns>Where the payload goes; exactly <paramref name="length"/> bytes.</returns>
    /// <exception cref="FormatException">The value was not asked for.</exception>
    public virtual Memory<byte> ReceiveValue(ReadOnlySpan<byte> key, uint flags, int length)
    {
        CheckKey(key);
        Flags = flags;
        Payload.Clear();
        var target = Payload.GetMemory(length)[..length];
        Payload.Advance(length);
        return target;
    }

    /// <summary>Takes a line of a reply which consists of lines.</summary>
    public virtual void ReceiveLine(ReadOnlySpan<byte> line) =>
        throw new FormatException("the operation expects no such line");

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    /// <summary>The length of the item's value in bytes.</summary>
    protected virtual long ItemLength => Size;

    /// <summary>Refuses a value which names another key.</summary>
    protected void CheckKey(ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty && !key.SequenceEqual(Key))
        {
            throw new FormatException("it names another key");
        }
    }

    /// <summary>Throws what ended the operation, if it failed.</summary>
    /// <returns>Whether the reply is there to be read; false for a read which ends as a miss instead of failing.</returns>
    /// <remarks>Whoever asks before the end blocks until then.</remarks>
    protected bool HasReply(short token)
    {
        if (_completion.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            new BlockingWaiter(this, token).Wait();
        }

        return _completion.GetResult(token);
    }

    /// <summary>Throws when the result of this use has been taken already.</summary>
    protected void CheckToken(short token) => _completion.GetStatus(token);

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
        Payload.Clear();
        Flags = 0;
        Expiry = 0;
        Cas = 0;
        WantsCas = false;
        RefreshWithin = 0;
        LeaseSeconds = 0;
        Marks = LeaseMarks.None;
        Size = 0;
        Delta = 0;
        Initial = null;
        Code = ReplyCode.None;
        Failure = null;
        MissOnFailure = false;
        TriedServers = 0;
        TriedBulkLink = false;
        LargeKeys = null;
        WasTurnedAway = false;
        WakesAtOnce = false;
        Router = null;
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

    private void Cancel() => Abandon(Ticket, new OperationCanceledException(_token));

    private bool TryEnd()
    {
        var ticket = _state;
        if ((ticket & PhaseMask) == Pending
            && Interlocked.CompareExchange(ref _state, ticket | Answered, ticket) == ticket)
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
        if ((Marks & LeaseMarks.Won) != 0)
        {
            Router?.ReturnLease(this);
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
        _completion.RunContinuationsAsynchronously = !WakesAtOnce;
        if (MissOnFailure && failure is MemcachedConnectionException)
        {
            _completion.SetResult(false);
        }
        else
        {
            _completion.SetException(failure);
        }
    }
}

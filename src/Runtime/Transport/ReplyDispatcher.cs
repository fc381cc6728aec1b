using System.Diagnostics;

namespace TypedCache.Transport;

/// <summary>
/// Decides where callers continue. Continuations that take no time run one after another on the reader's own thread, which is the
/// fastest way by far. Once they have been slow for 100 microseconds, the rest of them, and then all, run on the thread pool, in
/// parallel. A continuation that blocks loses the reader's role to another thread, so that nobody waits for it.
/// </summary>
internal sealed class ReplyDispatcher
{
    // Measured with 64 callers: up to about this much work per continuation, one thread does more than a hand-over to two.
    private static readonly long SlowContinuation = Stopwatch.Frequency * 4 / 1_000_000;

    // For how long slow continuations may hold up the others, and for how long any may.
    private static readonly long MaxInline = 25 * SlowContinuation;

    private static readonly long MaxQuickInline = 10 * MaxInline;

    // One preempted continuation is not to count as a thousand slow ones.
    private static readonly long MaxMeasured = 20 * SlowContinuation;

    private const int LargestGroup = 8;

    private Operation[] _ready = new Operation[64];
    private int _count;
    private long _averageTicks;

    // The role of the thread that may complete (high half) and the next operation to complete (low half): taken together, so that
    // a thread that lost the role while a continuation held it completes nothing more.
    private long _cursor;
    private long _cursorAtLastCheck;
    private volatile bool _completing;

    // A continuation has blocked the reader, and those since have been no quicker.
    private volatile bool _hasBlocked;

    // What has been handed to the thread pool and is not done; guarded by itself.
    private readonly List<CallerGroup> _groups = [];

    /// <summary>Whether callers wait for their continuation: somebody has to look after them, should one of them block.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_groups)
            {
                // Replies count from when they are read: until then their operations are pending, and nobody may rest in between.
                return Volatile.Read(ref _count) > 0 || _completing || _groups.Count > 0;
            }
        }
    }

    /// <summary>The reader's role that is current.</summary>
    public int Role => (int)(Volatile.Read(ref _cursor) >> 32);

    /// <summary>How many operations wait to be completed.</summary>
    public int Count => _count;

    /// <summary>Takes an operation whose reply has been read.</summary>
    public void Add(Operation operation)
    {
        if (_count == _ready.Length)
        {
            Array.Resize(ref _ready, 2 * _count);
        }

        _ready[_count++] = operation;
    }

    /// <summary>Completes what has been added.</summary>
    /// <param name="role">The reader's role.</param>
    /// <param name="nobodyElseWaits">No other reply is due: whoever continues holds up nobody, and a hand-over would only cost time.</param>
    /// <returns>False when another thread has taken over: the caller has to end without touching anything.</returns>
    public bool CompleteAll(int role, bool nobodyElseWaits)
    {
        if (_count == 0)
        {
            return Role == role;
        }

        var average = Volatile.Read(ref _averageTicks);
        if (average <= SlowContinuation)
        {
            _hasBlocked = false;
            return CompleteInline(role);
        }

        // One that blocks would cost a new reader each time, even where nobody else waits.
        var isWorthIt = _hasBlocked || (average * _count > MaxInline && !(nobodyElseWaits && _count == 1));
        return isWorthIt ? HandToThreadPool(role) : CompleteInline(role);
    }

    /// <summary>
    /// Called from time to time by another thread: takes the role from a reader that made no progress in a continuation since the
    /// last call.
    /// </summary>
    /// <returns>Whether a new reader has to be started, with the role <paramref name="newRole"/>.</returns>
    public bool TryTakeOver(out int newRole)
    {
        var cursor = Volatile.Read(ref _cursor);
        newRole = (int)(cursor >> 32) + 1;
        var stuck = _completing && cursor == _cursorAtLastCheck && (int)cursor > 0;
        _cursorAtLastCheck = cursor;
        return stuck && TryPassOn(cursor, newRole);
    }

    /// <summary>Called within a continuation that is about to block the reader: gives its role away.</summary>
    /// <returns>Whether a new reader has to be started, with the role <paramref name="newRole"/>; false where it had the role no more.</returns>
    public bool TryGiveUp(int role, out int newRole)
    {
        var cursor = Volatile.Read(ref _cursor);
        newRole = role + 1;
        return (int)(cursor >> 32) == role && _completing && TryPassOn(cursor, newRole);
    }

    /// <summary>
    /// Called from time to time by another thread: sees to groups that the thread pool does not begin, and to callers behind a
    /// continuation that blocks.
    /// </summary>
    public void PassBlockedWorkOn()
    {
        lock (_groups)
        {
            foreach (var group in _groups)
            {
                if (group.IsStuck())
                {
                    group.RunElsewhere();
                }
            }
        }
    }

    // Whoever comes behind must be answered too.
    private static void Answer(Operation operation)
    {
        try
        {
            operation.Answer();
        }
        catch (Exception exception)
        {
            StrayException.LeaveToApplication(exception);
        }
    }

    private static long Cursor(int role, int index) => ((long)role << 32) | (uint)index;

    private bool TryPassOn(long cursor, int newRole)
    {
        if (Interlocked.CompareExchange(ref _cursor, Cursor(newRole, (int)cursor), cursor) != cursor)
        {
            return false;
        }

        // Until the new reader has started, which takes its time where processors are short, it is not the one that blocks.
        _completing = false;
        _hasBlocked = true;
        Volatile.Write(ref _averageTicks, MaxMeasured);
        return true;
    }

    private bool CompleteInline(int role)
    {
        // From when it counts as completing, this thread may lose the role, and the fields are another's.
        var ready = _ready.AsSpan(0, _count);
        var first = (int)Volatile.Read(ref _cursor);
        _completing = true;
        var started = Stopwatch.GetTimestamp();
        var elapsed = 0L;
        var index = first;
        while (index < ready.Length && (elapsed <= MaxInline || (elapsed <= MaxQuickInline && elapsed <= (index - first) * SlowContinuation)))
        {
            var operation = ready[index];
            if (!Claim(role, index++))
            {
                return false;
            }

            Answer(operation);
            elapsed = Stopwatch.GetTimestamp() - started;
        }

        Measure(elapsed, index - first);
        return index < ready.Length ? HandToThreadPool(role) : Finish(role);
    }

    private bool HandToThreadPool(int role)
    {
        var first = (int)Volatile.Read(ref _cursor);
        var (ready, count) = (_ready, _count);
        if (first > count || count > ready.Length)
        {
            // Another thread has taken over, and uses the fields for others.
            return false;
        }

        // Copied and claimed as one: a thread that takes over meanwhile finds nothing of them.
        var rest = ready.AsSpan(first, count - first).ToArray();
        if (Interlocked.CompareExchange(ref _cursor, Cursor(role, count), Cursor(role, first)) != Cursor(role, first))
        {
            return false;
        }

        var size = GroupSize();
        for (var start = 0; start < rest.Length; start += size)
        {
            var group = new CallerGroup(this, new ArraySegment<Operation>(rest, start, Math.Min(size, rest.Length - start)));
            lock (_groups)
            {
                _groups.Add(group);
            }

            ThreadPool.UnsafeQueueUserWorkItem(group, preferLocal: false);
        }

        return Finish(role);
    }

    // As many as are quick together: behind a slow one nobody waits.
    private int GroupSize() => (int)Math.Clamp(MaxInline / Math.Max(Volatile.Read(ref _averageTicks), 1), 1, LargestGroup);

    private bool Claim(int role, int index) =>
        Interlocked.CompareExchange(ref _cursor, Cursor(role, index + 1), Cursor(role, index)) == Cursor(role, index);

    private bool Finish(int role)
    {
        var cursor = Volatile.Read(ref _cursor);
        if ((int)(cursor >> 32) != role || Interlocked.CompareExchange(ref _cursor, Cursor(role, 0), cursor) != cursor)
        {
            return false;
        }

        // A result that nobody takes, and the pool behind it, must not be kept by the array.
        Array.Clear(_ready, 0, _count);
        _completing = false;
        _count = 0;
        return true;
    }

    private void Measure(long elapsed, int count)
    {
        if (count > 0)
        {
            var ticks = Math.Min(elapsed / count, MaxMeasured);
            var average = Volatile.Read(ref _averageTicks);
            Volatile.Write(ref _averageTicks, average + ((ticks - average) / 8));
        }
    }

    private void Forget(CallerGroup group)
    {
        lock (_groups)
        {
            _groups.Remove(group);
        }
    }

    // Several threads may execute one group: each operation is claimed by one of them.
    private sealed class CallerGroup(ReplyDispatcher owner, ArraySegment<Operation> operations) : IThreadPoolWorkItem
    {
        private int _claimed;
        private int _claimedAtLastCheck = -1;

        /// <summary>Whether operations wait that nobody has got to since the last call.</summary>
        public bool IsStuck()
        {
            var claimed = Volatile.Read(ref _claimed);
            var stuck = claimed == _claimedAtLastCheck && claimed < operations.Count;
            _claimedAtLastCheck = claimed;
            return stuck;
        }

        /// <summary>Goes on with a thread of its own: the thread pool's are all busy, or one of them is blocked.</summary>
        public void RunElsewhere() => BackgroundThread.Start("memcached callers", Execute);

        public void Execute()
        {
            var started = Stopwatch.GetTimestamp();
            var count = 0;
            for (int index; (index = Interlocked.Increment(ref _claimed) - 1) < operations.Count; count++)
            {
                Answer(Take(index));
            }

            owner.Forget(this);
            owner.Measure(Stopwatch.GetTimestamp() - started, count);
        }

        // Those that have ended are not kept by one whose caller takes long.
        private Operation Take(int index)
        {
            ref var slot = ref operations.Array![operations.Offset + index];
            var operation = slot;
            slot = null!;
            return operation;
        }
    }
}

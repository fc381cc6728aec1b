using System.Diagnostics;

namespace TypedCache.Transport;

/// <summary>
/// Decides where callers continue. Continuations which take no time run one after another on the reader's own thread,
/// which is the fastest way by far; when they take longer, they run on the thread pool, in parallel. A continuation
/// which blocks loses the reader's role to another thread (<see cref="TryTakeOver"/>), so that nobody waits for it.
/// </summary>
internal sealed class ReplyDispatcher
{
    // Measured with 64 callers: up to about this much work per continuation, one thread does more than a hand-over to two.
    private static readonly long SlowContinuation = Stopwatch.Frequency * 4 / 1_000_000;

    private static readonly long MaxInline = 25 * SlowContinuation;

    // One preempted continuation is not to count as a thousand slow ones.
    private static readonly long MaxMeasured = 20 * SlowContinuation;

    private const int CompletionsPerWorkItem = 8;

    // In place of the next operation's index.
    private const int Waiting = -1;

    private Operation[] _ready = new Operation[64];
    private int _count;
    private long _averageTicks;

    // The role of the thread which may complete (high half) and the next operation to complete (low half): taken together,
    // so that a thread which lost the role while a continuation held it completes nothing more.
    private long _cursor;
    private long _cursorAtLastCheck;
    private volatile bool _completing;

    // What has been handed to the thread pool and is not done; guarded by itself.
    private readonly List<WorkItem> _workItems = [];

    /// <summary>Whether callers wait for their continuation: somebody has to look after them, should one of them block.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_workItems)
            {
                // Replies count from when they are read: until then their operations are pending, and nobody may rest in between.
                return Volatile.Read(ref _count) > 0 || _completing || _workItems.Count > 0;
            }
        }
    }

    /// <summary>The reader's role which is current.</summary>
    public int Role => (int)(Volatile.Read(ref _cursor) >> 32);

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
            return IsCurrent(role);
        }

        var average = Volatile.Read(ref _averageTicks);
        if (average > SlowContinuation && average * _count > MaxInline && !(nobodyElseWaits && _count == 1))
        {
            return HandToThreadPool(role);
        }

        var batch = SendBatch.Begin();
        try
        {
            return CompleteInline(role);
        }
        finally
        {
            batch.End();
        }
    }

    /// <summary>
    /// Called from time to time by another thread: takes the role from a reader which made no progress in a continuation
    /// since the last call.
    /// </summary>
    /// <returns>Whether a new reader has to be started, with the role <paramref name="newRole"/>.</returns>
    public bool TryTakeOver(out int newRole)
    {
        var cursor = Volatile.Read(ref _cursor);
        newRole = (int)(cursor >> 32) + 1;
        var stuck = _completing && cursor == _cursorAtLastCheck && (int)cursor > 0;
        _cursorAtLastCheck = cursor;
        if (!stuck || Interlocked.CompareExchange(ref _cursor, Cursor(newRole, (int)cursor), cursor) != cursor)
        {
            return false;
        }

        // Until the new reader has started, which takes its time where processors are short, it is not the one which blocks.
        _completing = false;
        Volatile.Write(ref _averageTicks, MaxMeasured);
        return true;
    }

    /// <summary>The reader begins to wait for bytes: from here on <see cref="TryTakeOverWaiting"/> may take its role.</summary>
    /// <remarks>A full fence: what the reader looks at next is as new as what <see cref="TryTakeOverWaiting"/> was called for, or that sees the waiting.</remarks>
    public void BeginWait() => Interlocked.Exchange(ref _cursor, Cursor(Role, Waiting));

    /// <summary>The reader goes on.</summary>
    /// <returns>False when another thread has taken over: the caller has to end without touching anything.</returns>
    public bool TryEndWait(int role) =>
        Interlocked.CompareExchange(ref _cursor, Cursor(role, 0), Cursor(role, Waiting)) == Cursor(role, Waiting);

    /// <summary>Takes the role from a reader which waits for bytes.</summary>
    /// <returns>Whether a new reader has to be started, with the role <paramref name="newRole"/>; false when the reader is at work.</returns>
    /// <remarks>A full fence, as <see cref="BeginWait"/>.</remarks>
    public bool TryTakeOverWaiting(out int newRole)
    {
        Interlocked.MemoryBarrier();
        var cursor = Volatile.Read(ref _cursor);
        newRole = (int)(cursor >> 32) + 1;
        return (int)cursor == Waiting && Interlocked.CompareExchange(ref _cursor, Cursor(newRole, 0), cursor) == cursor;
    }

    /// <summary>
    /// Called from time to time by another thread: lets other threads continue what waits behind a continuation which blocks
    /// a thread of the pool.
    /// </summary>
    public void PassBlockedWorkOn()
    {
        lock (_workItems)
        {
            foreach (var item in _workItems)
            {
                if (item.IsBlocked())
                {
                    ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
                }
            }
        }
    }

    private static long Cursor(int role, int index) => ((long)role << 32) | (uint)index;

    private bool IsCurrent(int role) => Role == role;

    private bool CompleteInline(int role)
    {
        // From when it counts as completing, this thread may lose the role, and the fields are another's.
        var ready = _ready.AsSpan(0, _count);
        var first = (int)Volatile.Read(ref _cursor);
        _completing = true;
        var started = Stopwatch.GetTimestamp();
        for (var index = first; index < ready.Length; index++)
        {
            var operation = ready[index];
            if (!Claim(role, index))
            {
                return false;
            }

            operation.Answer();
        }

        var count = ready.Length - first;
        if (!Finish(role))
        {
            return false;
        }

        Measure(started, count);
        return true;
    }

    private bool HandToThreadPool(int role)
    {
        for (var index = (int)Volatile.Read(ref _cursor); index < _count; index += CompletionsPerWorkItem)
        {
            var count = Math.Min(CompletionsPerWorkItem, _count - index);
            var item = new WorkItem(this, _ready.AsSpan(index, count).ToArray());
            lock (_workItems)
            {
                _workItems.Add(item);
            }

            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }

        return Finish(role);
    }

    private bool Claim(int role, int index) =>
        Interlocked.CompareExchange(ref _cursor, Cursor(role, index + 1), Cursor(role, index)) == Cursor(role, index);

    private bool Finish(int role)
    {
        var cursor = Volatile.Read(ref _cursor);
        if ((int)(cursor >> 32) != role || Interlocked.CompareExchange(ref _cursor, Cursor(role, 0), cursor) != cursor)
        {
            return false;
        }

        _completing = false;
        _count = 0;
        return true;
    }

    private void Measure(long started, int count)
    {
        if (count > 0)
        {
            var ticks = Math.Min((Stopwatch.GetTimestamp() - started) / count, MaxMeasured);
            var average = Volatile.Read(ref _averageTicks);
            Volatile.Write(ref _averageTicks, average + ((ticks - average) / 8));
        }
    }

    private void Forget(WorkItem item)
    {
        lock (_workItems)
        {
            _workItems.Remove(item);
        }
    }

    // Several threads may execute one item: each operation is claimed by one of them.
    private sealed class WorkItem(ReplyDispatcher owner, Operation[] operations) : IThreadPoolWorkItem
    {
        private int _claimed;
        private int _claimedAtLastCheck;

        /// <summary>Whether operations wait behind a continuation which has not ended since the last call.</summary>
        public bool IsBlocked()
        {
            var claimed = Volatile.Read(ref _claimed);
            var blocked = claimed == _claimedAtLastCheck && claimed > 0 && claimed < operations.Length;
            _claimedAtLastCheck = claimed;
            return blocked;
        }

        public void Execute()
        {
            var started = Stopwatch.GetTimestamp();
            var count = 0;
            var batch = SendBatch.Begin();
            try
            {
                for (int index; (index = Interlocked.Increment(ref _claimed) - 1) < operations.Length; count++)
                {
                    operations[index].Answer();
                }
            }
            finally
            {
                batch.End();
            }

            owner.Forget(this);
            owner.Measure(started, count);
        }
    }
}

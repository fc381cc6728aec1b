using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace TypedCache.Transport;

/// <summary>
/// The end of a call, behind a <see cref="ValueTask{TResult}"/>. It differs from <see cref="ManualResetValueTaskSourceCore{TResult}"/> in
/// two ways: whoever takes the result before it is there blocks until it is, as with a task; and no continuation depends on the thread
/// pool, not even one that is registered when the call has just ended, so that blocked callers never wait for each other.
/// </summary>
/// <typeparam name="T">The type of the result.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal struct Completion<T>
{
    // In the place of a continuation, once the call has ended.
    private static readonly Action<object?> Ended = static _ => { };

    private static readonly Action<object?> Release = static caller => ((BlockedCaller)caller!).Release();

    private Action<object?>? _continuation;
    private object? _state;
    private object? _scheduler;
    private ExecutionContext? _context;
    private T? _result;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Identifies this use.</summary>
    public short Version { get; private set; }

    /// <summary>Whether the call has ended, and how.</summary>
    /// <exception cref="InvalidOperationException">The token is of an earlier use.</exception>
    public readonly ValueTaskSourceStatus GetStatus(short token)
    {
        Check(token);
        return !ReferenceEquals(Volatile.Read(in _continuation), Ended) ? ValueTaskSourceStatus.Pending
            : _failure is null ? ValueTaskSourceStatus.Succeeded
            : _failure.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    /// <summary>Registers what happens when the call has ended.</summary>
    /// <exception cref="InvalidOperationException">The token is of an earlier use, or the call is awaited already.</exception>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        var context = (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) == 0 ? null : ExecutionContext.Capture();
        var scheduler = (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) == 0 ? null : CurrentScheduler();
        if (!TryRegister(continuation, state, scheduler, context))
        {
            HandOver.Shared.Queue(new Continuation(continuation, state, scheduler, context));
        }
    }

    /// <summary>Blocks the current thread until the call has ended.</summary>
    /// <exception cref="InvalidOperationException">The token is of an earlier use, or the call is awaited already.</exception>
    public void Wait(BlockedCaller caller, short token)
    {
        Check(token);
        if (TryRegister(Release, caller, null, null))
        {
            caller.Wait();
        }
    }

    /// <summary>Blocks the current thread until the call has ended, unless it has.</summary>
    /// <exception cref="InvalidOperationException">The token is of an earlier use, or the call is awaited already.</exception>
    public void WaitForEnd(short token)
    {
        if (GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            Wait(new BlockedCaller(), token);
        }
    }

    /// <summary>The result of a call that has ended.</summary>
    /// <exception cref="InvalidOperationException">The token is of an earlier use, or the call has not ended.</exception>
    public readonly T GetResult(short token)
    {
        if (GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The call has not ended.");
        }

        _failure?.Throw();
        return _result!;
    }

    /// <summary>Ends the call. Where somebody awaits it, the object may be in its next use when this returns.</summary>
    /// <param name="result">The result.</param>
    /// <param name="isInline">Whether the caller goes on before this returns; else its continuation is handed over.</param>
    public void SetResult(T result, bool isInline)
    {
        _result = result;
        End(isInline);
    }

    /// <inheritdoc cref="SetResult"/>
    /// <param name="failure">What the caller gets thrown.</param>
    /// <param name="isInline">Whether the caller goes on before this returns; else its continuation is handed over.</param>
    public void SetException(Exception failure, bool isInline)
    {
        _failure = ExceptionDispatchInfo.Capture(failure);
        End(isInline);
    }

    /// <summary>Prepares the next use.</summary>
    public void Reset()
    {
        Version++;
        _continuation = null;
        _state = null;
        _scheduler = null;
        _context = null;
        _result = default;
        _failure = null;
    }

    private static object? CurrentScheduler()
    {
        if (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext))
        {
            return context;
        }

        return TaskScheduler.Current == TaskScheduler.Default ? null : TaskScheduler.Current;
    }

    private readonly void Check(short token)
    {
        if (token != Version)
        {
            throw new InvalidOperationException("The result of a cache operation has been taken already: await its ValueTask once.");
        }
    }

    // False when the call has ended.
    private bool TryRegister(Action<object?> continuation, object? state, object? scheduler, ExecutionContext? context)
    {
        var isFirst = _continuation is null;
        if (isFirst)
        {
            (_state, _scheduler, _context) = (state, scheduler, context);
        }

        var earlier = isFirst ? Interlocked.CompareExchange(ref _continuation, continuation, null) : _continuation;
        return earlier is null || (ReferenceEquals(earlier, Ended)
            ? false
            : throw new InvalidOperationException("A cache operation is awaited already: await its ValueTask once."));
    }

    private void End(bool isInline)
    {
        // If nobody has registered, somebody may take the result from here on, and nothing is to be touched any more.
        if (Interlocked.Exchange(ref _continuation, Ended) is not { } continuation)
        {
            return;
        }

        if (ReferenceEquals(continuation, Release) || (isInline && _scheduler is null && _context is null))
        {
            continuation(_state);
        }
        else
        {
            Schedule(new Continuation(continuation, _state, _scheduler, _context), isInline);
        }
    }

    private static void Schedule(Continuation continuation, bool isInline)
    {
        if (isInline)
        {
            continuation.Execute();
        }
        else
        {
            HandOver.Shared.Queue(continuation);
        }
    }

    /// <summary>A continuation with what it is to run in.</summary>
    private sealed class Continuation(Action<object?> continuation, object? state, object? scheduler, ExecutionContext? context) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            switch (scheduler)
            {
                case SynchronizationContext synchronization:
                    Post(synchronization);
                    break;
                case TaskScheduler tasks:
                    _ = Task.Factory.StartNew(RunInContext, CancellationToken.None, TaskCreationOptions.DenyChildAttach, tasks);
                    break;
                default:
                    RunInContext();
                    break;
            }
        }

        // A context that takes nothing any more, as that of a window which has been closed: the caller goes on without it.
        private void Post(SynchronizationContext synchronization)
        {
            try
            {
                synchronization.Post(static self => ((Continuation)self!).RunInContext(), this);
            }
            catch (Exception)
            {
                HandOver.Shared.Queue(new Continuation(continuation, state, scheduler: null, context));
            }
        }

        private void RunInContext()
        {
            if (context is null)
            {
                continuation(state);
            }
            else
            {
                ExecutionContext.Run(context, static self => ((Continuation)self!).Run(), this);
            }
        }

        private void Run() => continuation(state);
    }
}

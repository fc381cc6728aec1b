using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedCache.Transport;

/// <summary>
/// Builds the async methods between a caller and the wire. They go on where what they wait for ends, and never by way of the thread
/// pool: a task that ends while it is about to be awaited has the rest queued there, behind callers who may block all of its threads.
/// </summary>
/// <remarks>The last step before the application is a <see cref="HandOver"/>, unless the application's own step is meant to be inline.</remarks>
internal struct CallMethodBuilder
{
    private CallMethodBuilder<bool> _builder;

    public readonly ValueTask Task => _builder.Call is { } call ? new ValueTask(call, call.Version) : ValueTask.CompletedTask;

    public static CallMethodBuilder Create() => default;

    public readonly void Start<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine => _builder.Start(ref machine);

    public readonly void SetStateMachine(IAsyncStateMachine machine) => _builder.SetStateMachine(machine);

    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion
        where TMachine : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref machine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TMachine : IAsyncStateMachine => _builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);

    public void SetResult() => _builder.SetResult(true);

    public void SetException(Exception exception) => _builder.SetException(exception);
}

/// <inheritdoc cref="CallMethodBuilder"/>
/// <typeparam name="T">The type of the result.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal struct CallMethodBuilder<T>
{
    private T? _result;

    /// <summary>The call, once the method has had to wait or has failed.</summary>
    public CallSource<T>? Call { get; private set; }

    public readonly ValueTask<T> Task => Call is { } call ? new ValueTask<T>(call, call.Version) : new ValueTask<T>(_result!);

    public static CallMethodBuilder<T> Create() => default;

    // What the method changes in the context, before it waits, is not for its caller.
    public readonly void Start<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine => default(AsyncValueTaskMethodBuilder).Start(ref machine);

    public readonly void SetStateMachine(IAsyncStateMachine machine)
    {
    }

    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion
        where TMachine : IAsyncStateMachine => awaiter.OnCompleted(CallOf(ref machine).Suspend());

    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TMachine : IAsyncStateMachine => awaiter.UnsafeOnCompleted(CallOf(ref machine).Suspend());

    public void SetResult(T result)
    {
        if (Call is { } call)
        {
            call.SetResult(result);
        }
        else
        {
            _result = result;
        }
    }

    public void SetException(Exception exception)
    {
        Call ??= new CallSource<T>();
        Call.SetException(exception);
    }

    // The machine is moved from the stack at its first wait, with this builder in it, which has to know the call by then.
    private AsyncCall<TMachine, T> CallOf<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine
    {
        if (Call is AsyncCall<TMachine, T> call)
        {
            return call;
        }

        call = new AsyncCall<TMachine, T>();
        Call = call;
        call.Take(machine);
        return call;
    }
}

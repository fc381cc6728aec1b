using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace TypedCache.Transport;

/// <summary>The call of an async method that has had to wait, behind its <see cref="ValueTask"/>.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal class AsyncCall<T> : IValueTaskSource<T>, IValueTaskSource
{
    private Completion<T> _completion;

    public short Version => _completion.Version;

    public void SetResult(T result) => _completion.SetResult(result, isInline: true);

    public void SetException(Exception exception) => _completion.SetException(exception, isInline: true);

    // Whoever asks before the end blocks until then.
    public T GetResult(short token)
    {
        _completion.WaitForEnd(token);
        return _completion.GetResult(token);
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}

/// <inheritdoc/>
/// <typeparam name="TMachine">What the compiler made of the method.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class AsyncCall<TMachine, T> : AsyncCall<T>
    where TMachine : IAsyncStateMachine
{
    private readonly Action _moveNext;
    private TMachine _machine = default!;
    private ExecutionContext? _context;

    public AsyncCall() => _moveNext = MoveNext;

    /// <summary>Takes the method as it is at its first wait.</summary>
    public void Take(TMachine machine) => _machine = machine;

    /// <summary>Keeps the context of the method.</summary>
    /// <returns>What goes on with the method.</returns>
    public Action Suspend()
    {
        _context = ExecutionContext.Capture();
        return _moveNext;
    }

    private void MoveNext()
    {
        if (_context is null)
        {
            Step();
        }
        else
        {
            ExecutionContext.Run(_context, static call => ((AsyncCall<TMachine, T>)call!).Step(), this);
        }
    }

    private void Step() => _machine.MoveNext();
}

using System.Runtime.CompilerServices;

namespace TypedCache.Transport;

/// <summary>The call of an async method that has had to wait.</summary>
/// <typeparam name="TMachine">What the compiler made of the method.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class AsyncCall<TMachine, T> : CallSource<T>
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

namespace TypedCache.Pool.Operations;

/// <summary>
/// Keeps operations, and other objects that live as long as a call, for their next use. Each thread keeps a few for itself: a caller
/// that awaits one operation after another gets the same object back.
/// </summary>
internal static class OperationPool<T>
    where T : class, IPooled<T>
{
    private const int KeptPerThread = 128;
    private const int Shared = 1024;

    private static readonly Lock Gate = new();
    private static readonly Stack<T> SharedStack = new();

    [ThreadStatic]
    private static Stack<T>? t_stack;

    public static T Rent()
    {
        if (t_stack is { } own && own.TryPop(out var operation))
        {
            return operation;
        }

        return RentShared() ?? T.Create();
    }

    public static void Return(T operation)
    {
        var own = t_stack ??= new Stack<T>();
        if (own.Count < KeptPerThread)
        {
            own.Push(operation);
            return;
        }

        lock (Gate)
        {
            if (SharedStack.Count < Shared)
            {
                SharedStack.Push(operation);
            }
        }
    }

    private static T? RentShared()
    {
        if (SharedStack.Count == 0)
        {
            return null;
        }

        lock (Gate)
        {
            return SharedStack.TryPop(out var operation) ? operation : null;
        }
    }
}

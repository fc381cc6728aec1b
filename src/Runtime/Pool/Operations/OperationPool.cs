namespace TypedCache.Pool.Operations;

/// <summary>
/// Keeps operations, and other objects that live as long as a call, for their next use. Each thread keeps a few for itself: a
/// caller that awaits one operation after another gets the same object back. The others are shared.
/// </summary>
internal static class OperationPool<T>
    where T : class, IPooled<T>
{
    /// <summary>How many each thread keeps for itself.</summary>
    public const int KeptPerThread = 16;

    // Threads that only take and threads that only give go to the shared ones seldom.
    private const int Moved = KeptPerThread / 2;

    private static readonly OperationStock Shared = new();

    [ThreadStatic]
    private static Stack<T>? t_own;

    public static T Rent()
    {
        var own = t_own ??= new Stack<T>(KeptPerThread);
        if (own.TryPop(out var operation))
        {
            return operation;
        }

        Shared.Take(own, Moved);
        return own.TryPop(out operation) ? operation : T.Create();
    }

    public static void Return(T operation)
    {
        var own = t_own ??= new Stack<T>(KeptPerThread);
        if (own.Count == KeptPerThread)
        {
            Shared.Give(own, Moved);
        }

        own.Push(operation);
    }
}

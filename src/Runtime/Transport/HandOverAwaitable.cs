using System.Runtime.CompilerServices;

namespace TypedCache.Transport;

/// <summary>Lets an async method go on as an item of a <see cref="HandOver"/>.</summary>
internal readonly struct HandOverAwaitable(HandOver handOver) : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public HandOverAwaitable GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => handOver.Queue(new Continuation(continuation));

    private sealed class Continuation(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}

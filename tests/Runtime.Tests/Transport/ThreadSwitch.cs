using System.Runtime.CompilerServices;

namespace TypedCache.Tests.Transport;

/// <summary>Lets an async method go on on a thread of its own, without the thread pool.</summary>
/// <param name="delay">When, in milliseconds.</param>
internal sealed class ThreadSwitch(int delay = 0) : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public ThreadSwitch GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => new Thread(() =>
    {
        Thread.Sleep(delay);
        continuation();
    }) { IsBackground = true }.UnsafeStart();
}

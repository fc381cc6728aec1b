using System.Runtime.ExceptionServices;

namespace TypedCache.Transport;

/// <summary>What a continuation throws that an application has registered by hand: nobody is there to take it.</summary>
internal static class StrayException
{
    /// <summary>Leaves it to the application, as tasks do: as an unhandled exception of the thread pool, and not of a reader.</summary>
    public static void LeaveToApplication(Exception exception) =>
        ThreadPool.UnsafeQueueUserWorkItem(static stray => stray.Throw(), ExceptionDispatchInfo.Capture(exception), preferLocal: false);
}

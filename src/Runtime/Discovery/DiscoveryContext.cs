using TypedCache.Transport;

namespace TypedCache.Discovery;

/// <summary>What sources of the library use of the pool that they are for.</summary>
/// <param name="Time">The clock.</param>
/// <param name="ConnectTimeout">How long one question may take. It may change at any time.</param>
/// <param name="Tls">How connections are encrypted; null: not at all.</param>
internal sealed record DiscoveryContext(TimeProvider Time, Func<TimeSpan> ConnectTimeout, MemcachedTlsOptions? Tls)
{
    /// <summary>Without a pool.</summary>
    public static readonly DiscoveryContext None = new(TimeProvider.System, static () => TimeSpan.FromSeconds(1), Tls: null);

    /// <summary>Asks a question that blocks, on a thread of its own: the application may hold all threads of the pool.</summary>
    /// <remarks>Whoever awaits it goes on there, and so the first list needs no thread of the pool either.</remarks>
    public static Task<T> AskAsync<T>(string name, Func<T> ask)
    {
        var answer = new TaskCompletionSource<T>();
        BackgroundThread.Start(name, () =>
        {
            try
            {
                answer.SetResult(ask());
            }
            catch (Exception exception)
            {
                answer.SetException(exception);
            }
        });
        return answer.Task;
    }
}

using System.Runtime.CompilerServices;

namespace TypedCache.Discovery;

/// <summary>
/// Asks at intervals. An empty answer is a failure, and another one than before holds once it has come twice in a row: what answers
/// while it changes, or sends half of its records, must not move keys.
/// </summary>
/// <param name="Name">The source's name.</param>
/// <param name="Ask">Gives the servers.</param>
/// <param name="Interval">The time from one answer to the next question.</param>
internal sealed record PollingDiscovery(
    string Name, Func<DiscoveryContext, CancellationToken, Task<IReadOnlyList<MemcachedServerOptions>>> Ask, TimeSpan Interval) : IPoolDiscovery
{
    /// <summary>The shortest interval, and the time after which an answer that differs is asked for again.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(5);

    // So many new answers, none of which came twice in a row, are a fault of the source.
    private const int FlapsUntilFailure = 4;

    public IAsyncEnumerable<ServerListVersion> WatchAsync(CancellationToken cancellationToken) => WatchAsync(DiscoveryContext.None, cancellationToken);

    public async IAsyncEnumerable<ServerListVersion> WatchAsync(DiscoveryContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<MemcachedServerOptions>? used = null;
        IReadOnlyList<MemcachedServerOptions>? last = null;
        var retry = new Backoff(Interval);
        var flaps = 0;
        while (true)
        {
            var (servers, failure) = await TryAskAsync(context, cancellationToken).ConfigureAwait(false);
            var delay = Interval;
            if (servers is null)
            {
                delay = retry.Next();
                yield return ServerListVersion.Failed(failure!);
            }
            else
            {
                retry.Reset();
                var isNew = used is not null && !ServerLists.AreEqual(servers, used);
                var isTwice = ServerLists.AreEqual(servers, last);
                last = servers;
                flaps = isTwice ? 0 : isNew ? flaps + 1 : flaps;
                if (isNew && !isTwice)
                {
                    delay = Interval < ShortestInterval ? Interval : ShortestInterval;
                    if (flaps >= FlapsUntilFailure)
                    {
                        yield return ServerListVersion.Failed(new MemcachedException($"{Name} answers differently each time it is asked."));
                    }
                }
                else
                {
                    used = servers;
                    yield return new ServerListVersion(Version: null, used);
                }
            }

            await Task.Delay(delay, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    public override string ToString() => Name;

    private async Task<(IReadOnlyList<MemcachedServerOptions>? Servers, Exception? Failure)> TryAskAsync(DiscoveryContext context, CancellationToken cancellationToken)
    {
        try
        {
            var servers = await Ask(context, cancellationToken).ConfigureAwait(false);
            return servers is { Count: > 0 } ? (servers, null) : (null, new MemcachedException($"{Name} has no servers."));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, exception);
        }
    }
}

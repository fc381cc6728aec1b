using System.Globalization;
using System.Runtime.CompilerServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    private const int MaxArgumentLength = 100;

    /// <summary>
    /// A usable server has failed, or was disabled (pecl-memcache: <c>setFailureCallback</c>). Handlers run on the
    /// thread pool and hold nothing up. One that throws keeps no other from being called: see <see cref="HandlerFailed"/>.
    /// </summary>
    public event EventHandler<ServerFailedEventArgs>? ServerFailed;

    /// <summary>
    /// A handler of <see cref="ServerFailed"/>, <see cref="ServersChanged"/>, <see cref="DiscoveryFailed"/> or <see cref="RefreshFailed"/> threw. The pool goes on; nobody else hears of the exception. Also counted by the meter
    /// <c>TypedCache</c> as <c>typedcache.handler.failures</c>. What handlers of this event throw themselves is only counted.
    /// </summary>
    public event EventHandler<HandlerFailedEventArgs>? HandlerFailed;

    /// <summary>Asks every server for its version.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One reply for each server, in the order of <see cref="Servers"/> and then <see cref="Spares"/>; a server that cannot be reached has an error there.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<IReadOnlyList<ServerReply<Version>>> GetVersionsAsync(CancellationToken cancellationToken = default) =>
        await AskAllAsync(_servers.Listed.All, Verb.Version, "", (server, lines) => ReadVersion(server, lines[0]), cancellationToken).ConfigureAwait(false);

    /// <summary>Asks every server for its statistics (memcached's protocol.txt, "Statistics").</summary>
    /// <param name="group">Empty for the general ones, or a group such as <c>items</c>, <c>slabs</c>, <c>settings</c>, <c>sizes</c>, <c>conns</c>, <c>detail dump</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// One reply for each server, in the order of <see cref="Servers"/> and then <see cref="Spares"/>: the statistics by name. They are empty for what only changes
    /// something, as <c>detail on</c> and <c>reset</c> do. A server that cannot be reached or does not know the group has an error there.
    /// </returns>
    /// <exception cref="ArgumentException">The group has characters other than letters, digits, spaces and underscores, or is too long.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<IReadOnlyList<ServerReply<IReadOnlyDictionary<string, string>>>> GetStatsAsync(
        string group = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group.Length > MaxArgumentLength || group.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '_')))
        {
            throw new ArgumentException($"'{group}' is not a statistics group: use letters, digits, spaces and underscores.", nameof(group));
        }

        return await AskAllAsync<IReadOnlyDictionary<string, string>>(_servers.Listed.All, Verb.Stats, group, static (_, lines) => ReadStatistics(lines), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes all values from every server, and from those from which values still move.</summary>
    /// <param name="delay">
    /// How long to wait first, in whole seconds, rounded up; by default not at all. It is converted like a <see cref="CacheExpiry"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait; the servers may still do it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative, or ends beyond the year 9999.</exception>
    /// <exception cref="MemcachedException">Some servers failed to do it. All were asked; the message names those that failed.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask FlushAsync(TimeSpan delay = default, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _nearCache.Clear();
        var argument = delay == TimeSpan.Zero ? "" : CacheExpiry.AfterNamed(delay, nameof(delay)).ToWire(_time).ToString(CultureInfo.InvariantCulture);
        var replies = await AskAllAsync(_servers.All, Verb.Flush, argument, static (_, _) => true, cancellationToken).ConfigureAwait(false);
        if (MovePhase is not (ServerMovePhase.None or ServerMovePhase.CleanUp))
        {
            // What was copied from one server to another meanwhile.
            replies = await AskAllAsync(_servers.All, Verb.Flush, argument, static (_, _) => true, cancellationToken).ConfigureAwait(false);
        }

        _nearCache.Clear();
        var failed = replies.Where(reply => !reply.Answered).ToList();
        if (failed.Count > 0)
        {
            throw new MemcachedException(
                $"{failed.Count} of {replies.Count} servers were not flushed: {string.Join("; ", failed.Select(reply => reply.Error!.Message))}",
                failed[0].Error);
        }
    }

    private static Version ReadVersion(MemcachedServer server, string line) =>
        ServerVersion.Parse(line) ?? throw new MemcachedServerException($"{server.Name} answered '{line}', which names no version.") { Server = server.Name };

    // Whoever collects metrics must not keep a pool that nobody uses any more.
    private StatisticsPoll? PollStatistics(TimeSpan interval)
    {
        if (interval == TimeSpan.Zero)
        {
            return null;
        }

        var pool = new WeakReference<MemcachedPool>(this);
        return new StatisticsPoll(interval, _time, () => pool.TryGetTarget(out var target) ? target.CollectStatisticsAsync() : default);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask CollectStatisticsAsync()
    {
        var replies = await AskAllAsync(_servers.Listed.All, Verb.Stats, "", static (_, lines) => new ServerStatistics(ReadStatistics(lines)), CancellationToken.None).ConfigureAwait(false);
        for (var i = 0; i < replies.Count; i++)
        {
            replies[i].Server.Telemetry.Statistics = replies[i].Value;
        }
    }

    // The servers' threads must not keep a pool that nobody uses any more.
    private Action<MemcachedServer, MemcachedConnectionException> ObserveFailures()
    {
        var pool = new WeakReference<MemcachedPool>(this);
        return (server, error) =>
        {
            // One object, and not a tuple of two: comparing tuples costs a native program the type loader, 190 KB.
            var happened = new ServerFailedEventArgs(server, error);
            ThreadPool.UnsafeQueueUserWorkItem(_ => Report(pool, happened), state: null);
        };
    }

    private static void Report(WeakReference<MemcachedPool> reference, ServerFailedEventArgs happened)
    {
        if (reference.TryGetTarget(out var pool))
        {
            pool.Call(pool.ServerFailed, happened, nameof(ServerFailed));
        }
    }

    // Thrown on the thread pool, an exception of a handler would end the process.
    private void Call<T>(EventHandler<T>? handlers, T happened, string eventName)
    {
        foreach (var handler in handlers?.GetInvocationList() ?? [])
        {
            try
            {
                ((EventHandler<T>)handler)(this, happened);
            }
            catch (Exception exception)
            {
                Instruments.HandlerFailures.Add(1, default);
                ReportFailed(new HandlerFailedEventArgs(eventName, exception));
            }
        }
    }

    private void ReportFailed(HandlerFailedEventArgs failed)
    {
        try
        {
            HandlerFailed?.Invoke(this, failed);
        }
        catch (Exception)
        {
            Instruments.HandlerFailures.Add(1, default);
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<IReadOnlyList<ServerReply<T>>> AskAllAsync<T>(
        MemcachedServer[] servers, Verb verb, string argument, Func<MemcachedServer, IReadOnlyList<string>, T> read, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        if (servers is [{ IsStandIn: true }, ..])
        {
            await AwaitServersAsync(cancellationToken).ConfigureAwait(false);
            servers = _servers.Listed.All;
        }

        var pending = new ValueTask<IReadOnlyList<string>>[servers.Length];
        for (var i = 0; i < servers.Length; i++)
        {
            var operation = new LinesOperation(argument);
            operation.Begin(verb, default);
            pending[i] = operation.AsLines();
            _sender.SendTo(servers[i], operation, cancellationToken);
        }

        var replies = new ServerReply<T>[servers.Length];
        for (var i = 0; i < servers.Length; i++)
        {
            replies[i] = await ReadReplyAsync(servers[i], pending[i], read).ConfigureAwait(false);
        }

        return replies;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<ServerReply<T>> ReadReplyAsync<T>(
        MemcachedServer server, ValueTask<IReadOnlyList<string>> pending, Func<MemcachedServer, IReadOnlyList<string>, T> read)
    {
        try
        {
            return new ServerReply<T>(server, read(server, await pending.ConfigureAwait(false)), null);
        }
        catch (MemcachedException exception)
        {
            return new ServerReply<T>(server, default, exception);
        }
    }

    // STAT <name> <value>, also ITEM and PREFIX; a name has no space, a value may have some.
    private static Dictionary<string, string> ReadStatistics(IReadOnlyList<string> lines)
    {
        var statistics = new Dictionary<string, string>(lines.Count);
        foreach (var line in lines)
        {
            var parts = line.Split(' ', 3);
            if (parts.Length >= 2)
            {
                statistics[parts[1]] = parts.Length == 3 ? parts[2] : "";
            }
        }

        return statistics;
    }
}

using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache.Discovery;

/// <summary>
/// Follows the source of a pool's servers. Whatever it does - fail, lie, flap, hang or end - the pool keeps its last good list, and the
/// source is asked again.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="context">What the pool has.</param>
/// <param name="telemetry">Hears what happens.</param>
/// <param name="first">Whether the pool has servers.</param>
/// <param name="apply">Gives the pool other servers; false if there is no pool any more that wants them.</param>
/// <param name="failed">Called with each failure.</param>
internal sealed class DiscoveryWatch(
    IServerDiscovery source,
    DiscoveryContext context,
    DiscoveryTelemetry telemetry,
    FirstList first,
    Func<MemcachedServerOptions[], bool> apply,
    Action<Exception> failed) : IDisposable
{
    // A source that has ended, and the most that one that fails is left alone.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // A source that says nothing may be one that nothing changes at, but not before its first list.
    private static readonly TimeSpan FirstListPatience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private volatile MemcachedDiscoveryState _state = new(NameOf(source), Version: null, LastList: null, Failure: null);
    private MemcachedServerOptions[]? _list;
    private ITimer? _patience;

    /// <summary>What is known of the source.</summary>
    public MemcachedDiscoveryState State => _state;

    /// <summary>What it is called.</summary>
    public static string NameOf(IServerDiscovery source)
    {
        try
        {
            return source.ToString() ?? source.GetType().Name;
        }
        catch (Exception)
        {
            return source.GetType().Name;
        }
    }

    /// <summary>Begins. The source may block its thread; it is one of its own at first.</summary>
    public void Start()
    {
        try
        {
            _patience = context.Time.CreateTimer(_ => MissFirstList(), state: null, FirstListPatience, Timeout.InfiniteTimeSpan);
        }
        catch (Exception)
        {
            // An application's clock fails: nobody says that nothing has come.
        }

        BackgroundThread.Start($"memcached discovers {State.Source}", () => _ = RunAsync());
    }

    /// <summary>Ends it at once: what the source does with that is not awaited.</summary>
    public void Dispose()
    {
        _patience?.Dispose();
        _ = _end.CancelAsync();
    }

    private async Task RunAsync()
    {
        var retry = new Backoff(LongestPause);
        while (!_end.IsCancellationRequested)
        {
            var pause = LongestPause;
            try
            {
                var named = 0;
                await foreach (var list in Watch().ConfigureAwait(false))
                {
                    if (_end.IsCancellationRequested || !Take(list))
                    {
                        return;
                    }

                    named++;
                    retry.Reset();
                }

                if (named == 0)
                {
                    throw new MemcachedException($"{State.Source} has ended and named no servers.");
                }
            }
            catch (Exception) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = retry.Next();
                Fail(exception);
            }

            await PauseAsync(pause).ConfigureAwait(false);
        }
    }

    private IAsyncEnumerable<ServerListVersion> Watch() =>
        source is IPoolDiscovery own ? own.WatchAsync(context, _end.Token) : source.WatchAsync(_end.Token);

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, context.Time, _end.Token).ConfigureAwait(false);
        }
        catch (Exception) when (!_end.IsCancellationRequested)
        {
            // An application's clock fails.
            await Task.Delay(pause, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The pool wants no more.
        }
    }

    // False: the pool is gone.
    private bool Take(ServerListVersion? list)
    {
        try
        {
            return list switch
            {
                null or { Servers: null } => Fail(new MemcachedException($"{State.Source} named null for a list.")),
                { Failure: { } failure } => Fail(failure),
                { Servers.Count: 0 } => Fail(new MemcachedException($"{State.Source} named an empty list of servers.")),
                _ => Take(list.Version, ServerLists.WithoutRepeated(list.Servers)),
            };
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        catch (Exception exception)
        {
            // Of the list's own indexer, or because the pool or its hash strategy does not take the list.
            return Fail(new MemcachedException($"{State.Source} named servers that cannot be used: {exception.Message}", exception));
        }
    }

    private bool Take(long? version, MemcachedServerOptions[] servers)
    {
        var isSame = ServerLists.AreEqual(servers, _list);
        if (version < _state.Version || (version == _state.Version && version is not null && !isSame))
        {
            // It answers, all the same.
            telemetry.Ignored(version.Value, _state.Version!.Value);
            Succeed(_state.Version);
            return true;
        }

        if (!isSame)
        {
            if (!apply(servers))
            {
                return false;
            }

            _list = servers;
            telemetry.Named(servers.Length, version);
        }

        Succeed(version);
        return true;
    }

    private void Succeed(long? version)
    {
        lock (_gate)
        {
            var wasFailed = _state.Failure is not null;
            _state = _state with { Version = version, LastList = Now() ?? _state.LastList, Failure = null };
            first.Failure = null;
            if (wasFailed)
            {
                telemetry.IsBack();
            }
        }
    }

    // True, so that it can be said of a list.
    private bool Fail(Exception exception)
    {
        lock (_gate)
        {
            _state = _state with { Failure = exception };
            first.Failure = exception;
        }

        telemetry.Failed(exception, hasServers: first.Known.IsCompletedSuccessfully);
        failed(exception);
        return true;
    }

    private void MissFirstList()
    {
        if (_state is { LastList: null, Failure: null } && !_end.IsCancellationRequested)
        {
            Fail(new MemcachedException($"{State.Source} has named no servers for {FirstListPatience.TotalSeconds:0} seconds."));
        }
    }

    private DateTimeOffset? Now()
    {
        try
        {
            return context.Time.GetUtcNow();
        }
        catch (Exception)
        {
            return null;
        }
    }
}

using System.Runtime.CompilerServices;
using TypedCache.Discovery;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    private readonly Lock _discoveryGate = new();
    private readonly ReportQueue _discoveryFailures = new();
    private readonly FirstList _firstList = new();
    private readonly MemcachedTlsOptions? _tls;
    private DiscoveryWatch? _discovery;

    // Ends it: a native program that never begins it has none of its code.
    private Action? _endDiscovery;

    /// <summary>
    /// The source of the pool's servers named none that can be used; the pool goes on with those that it has. Handlers run on the thread pool,
    /// in the order of the failures, and hold nothing up. One that throws keeps no other from being called: see <see cref="HandlerFailed"/>.
    /// </summary>
    public event EventHandler<DiscoveryFailedEventArgs>? DiscoveryFailed;

    /// <summary>What is known of the source of the pool's servers; null: they come from no source.</summary>
    public MemcachedDiscoveryState? DiscoveryState => Volatile.Read(ref _discovery)?.State;

    /// <summary>Creates a pool and waits until it knows its servers, if they come from a source. Connections are opened with the first operations.</summary>
    /// <inheritdoc cref="ConnectAsync(MemcachedPoolOptions, CancellationToken)"/>
    /// <param name="connectionString">As for <see cref="Connect(string)"/>.</param>
    /// <param name="cancellationToken">Cancels the wait, and ends the pool.</param>
    public static ValueTask<MemcachedPool> ConnectAsync(string connectionString, CancellationToken cancellationToken = default) =>
        ConnectAsync(MemcachedConnectionString.Parse(connectionString).ToOptions(), cancellationToken);

    /// <summary>Creates a pool and waits until it knows its servers, if they come from a source. Connections are opened with the first operations.</summary>
    /// <param name="options">Servers and settings; read once.</param>
    /// <param name="cancellationToken">Cancels the wait, and ends the pool.</param>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    /// <exception cref="MemcachedConnectionException">The source named no servers: it failed, or said nothing for 10 seconds. There is no pool then.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public static async ValueTask<MemcachedPool> ConnectAsync(MemcachedPoolOptions options, CancellationToken cancellationToken = default)
    {
        var pool = Connect(options);
        try
        {
            await pool.AwaitFirstListAsync(cancellationToken).ConfigureAwait(false);
            return pool;
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits until the pool knows its servers: at once, unless they come from <see cref="MemcachedPoolOptions.Discovery"/> alone. Its
    /// operations wait by themselves, up to 80 % of <see cref="MemcachedPoolOptions.OperationTimeout"/> or, if that is less,
    /// <see cref="MemcachedPoolOptions.ConnectTimeout"/>.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait. There is no other limit.</param>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask WaitForServersAsync(CancellationToken cancellationToken = default) =>
        await _firstList.Known.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Takes the servers from another source from now on. Those that there are stay until it names some.</summary>
    /// <param name="discovery">The source; null: none, and the servers stay as they are.</param>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public void UpdateDiscovery(IServerDiscovery? discovery)
    {
        // Not _settings itself: a source must not keep a pool that nobody uses any more.
        var settings = _settings;
        var context = new DiscoveryContext(_time, () => settings.ConnectTimeout, _tls);
        lock (_discoveryGate)
        {
            ThrowIfDisposed();
            _discovery?.Dispose();
            _discovery = discovery is null ? null : Watch(discovery, context);
            _endDiscovery = _discovery is null ? null : _discovery.Dispose;
            _discovery?.Start();
        }
    }

    private DiscoveryWatch Watch(IServerDiscovery discovery, DiscoveryContext context)
    {
        var pool = new WeakReference<MemcachedPool>(this);
        var name = DiscoveryWatch.NameOf(discovery);
        DiscoveryWatch? watch = null;
        watch = new DiscoveryWatch(
            discovery,
            context,
            new DiscoveryTelemetry(_telemetry, name, _time),
            _firstList,
            servers => pool.TryGetTarget(out var target) && target.TakeDiscovered(servers, watch!),
            error => ReportDiscovery(pool, new DiscoveryFailedEventArgs(name, error)));
        return watch;
    }

    private bool TakeDiscovered(MemcachedServerOptions[] servers, DiscoveryWatch watch)
    {
        lock (_discoveryGate)
        {
            if (_discovery != watch)
            {
                return false;
            }

            // The change is made at once; what could be awaited is that removed servers are left.
            var drained = UpdateServersAsync(servers).AsTask();
            if (drained.IsCompleted)
            {
                drained.GetAwaiter().GetResult();
            }

            return true;
        }
    }

    private static void ReportDiscovery(WeakReference<MemcachedPool> reference, DiscoveryFailedEventArgs happened)
    {
        if (reference.TryGetTarget(out var pool))
        {
            pool._discoveryFailures.Add(() => pool.Call(pool.DiscoveryFailed, happened, nameof(DiscoveryFailed)));
        }
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask AwaitFirstListAsync(CancellationToken cancellationToken)
    {
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler<DiscoveryFailedEventArgs> note = (_, happened) => failed.TrySetResult(happened.Error);
        DiscoveryFailed += note;
        try
        {
            if (DiscoveryState is { Failure: { } earlier })
            {
                failed.TrySetResult(earlier);
            }

            if (await Task.WhenAny(_firstList.Known, failed.Task).WaitAsync(cancellationToken).ConfigureAwait(false) == failed.Task && !_firstList.Known.IsCompleted)
            {
                var reason = await failed.Task.ConfigureAwait(false);
                throw new MemcachedConnectionException($"{DiscoveryState?.Source} named no servers. {reason.Message}", reason);
            }
        }
        finally
        {
            DiscoveryFailed -= note;
        }
    }

    private void EndDiscovery()
    {
        lock (_discoveryGate)
        {
            _endDiscovery?.Invoke();
        }

        _firstList.End();
    }

    // Questions to all servers ask those that there will be.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private async ValueTask AwaitServersAsync(CancellationToken cancellationToken)
    {
        if (!_firstList.Known.IsCompleted)
        {
            await Task.WhenAny(_firstList.Known, Task.Delay(_settings.ConnectTimeout, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}

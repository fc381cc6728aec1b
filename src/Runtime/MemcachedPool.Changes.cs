using System.Runtime.CompilerServices;
using TypedCache.Pool;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    private readonly Lock _changeGate = new();
    private readonly ReportQueue _changes = new();
    private volatile MemcachedTimeLimits _timeLimits;

    /// <inheritdoc cref="ServerSet.LongestDrain"/>
    internal int LongestDrain
    {
        get => _servers.LongestDrain;
        set => _servers.LongestDrain = value;
    }

    /// <summary>
    /// The pool has got other servers, or their order or weights have changed. Handlers run on the thread pool, in the order of the changes,
    /// and hold nothing up. One that throws keeps no other from being called: see <see cref="HandlerFailed"/>.
    /// </summary>
    public event EventHandler<ServersChangedEventArgs>? ServersChanged;

    /// <summary>Which list of servers the pool uses: 1 for the first one, and one more with each change.</summary>
    public long TopologyVersion => _servers.Listed.Version;

    /// <summary>The time limits that hold now.</summary>
    public MemcachedTimeLimits TimeLimits => _timeLimits;

    /// <summary>How far the move to the newest list of servers is (<see cref="ServerChangeOptions"/>).</summary>
    public ServerMovePhase MovePhase => _servers.Phase;

    /// <summary>
    /// Takes other servers in place of those that there are, while the pool runs, as <see cref="MemcachedPoolOptions.ServerChanges"/> says.
    /// </summary>
    /// <inheritdoc cref="UpdateServersAsync(IEnumerable{MemcachedServerOptions}, ServerChangeOptions, CancellationToken)"/>
    public ValueTask UpdateServersAsync(IEnumerable<MemcachedServerOptions> servers, CancellationToken cancellationToken = default) =>
        UpdateServersAsync(servers, _serverChanges, cancellationToken);

    /// <summary>
    /// Takes other servers in place of those that there are, while the pool runs. By default, operations that begin from now on go where a
    /// new pool of these servers would send them; in a warm move they do so after <see cref="ServerChangeOptions.Prepare"/>.
    /// </summary>
    /// <param name="servers">All servers from now on, in the order that the hash strategy needs.</param>
    /// <param name="options">How the pool goes there.</param>
    /// <param name="cancellationToken">Cancels the wait; the change goes on.</param>
    /// <returns>
    /// Completes when nothing is read on former servers and the connections of removed ones are closed, so that they can be stopped. That
    /// takes about as long as the longest call that had begun, and what is being created is awaited for a minute at most; in a warm move,
    /// <see cref="ServerChangeOptions.WarmUp"/> and twice <see cref="ServerChangeOptions.Prepare"/> before that.
    /// </returns>
    /// <remarks>
    /// <para>
    /// A server with the same host and port stays: its object, its connections and its state. A new one is connected when it is used. On a
    /// removed one (<see cref="ServerState.Draining"/>, then <see cref="ServerState.Removed"/>) calls that have begun end as usual, and
    /// leases are given back.
    /// </para>
    /// <para>
    /// The same list is no change. Unless the options say so, values do not move: keys that belong to another server now are missing there at
    /// first, and what is left of them on a server that is added again later can be found there as it was. A pool of embedded servers makes
    /// one for each server that is added, whatever its name, and ends it when it is removed. The spares stay as they are.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The list is empty, or one of the servers, a time of the options or the hash strategy's limits is not valid; nothing has changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask UpdateServersAsync(IEnumerable<MemcachedServerOptions> servers, ServerChangeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(servers);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(_zone);
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        if (ChangeServers(CheckServers([.. servers]), spares: null, options) is { } change)
        {
            await change.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes other servers and other spares in place of those that there are, both at once, while the pool runs, as
    /// <see cref="MemcachedPoolOptions.ServerChanges"/> says.
    /// </summary>
    /// <param name="servers">All servers from now on, in the order that the hash strategy needs.</param>
    /// <param name="spares">All spares from now on; it may be empty (<see cref="MemcachedPoolOptions.Spares"/>).</param>
    /// <param name="cancellationToken">Cancels the wait for the removed servers and spares; the change goes on.</param>
    /// <inheritdoc cref="UpdateServersAsync(IEnumerable{MemcachedServerOptions}, ServerChangeOptions, CancellationToken)" path="/returns|/remarks|/exception"/>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask UpdateServersAsync(
        IEnumerable<MemcachedServerOptions> servers, IEnumerable<MemcachedServerOptions> spares, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(servers);
        ArgumentNullException.ThrowIfNull(spares);
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        var checkedServers = CheckServers([.. servers]);
        MemcachedServerOptions[] checkedSpares = [.. spares];
        MemcachedPoolOptions.ValidateSpares(checkedServers, checkedSpares, _allowFailover, _zone);
        if (ChangeServers(checkedServers, checkedSpares, _serverChanges) is { } change)
        {
            await change.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="UpdateServersAsync(IEnumerable{MemcachedServerOptions}, CancellationToken)"/>
    /// <param name="servers">All servers from now on, as for <see cref="MemcachedPoolOptions.AddServers"/>.</param>
    /// <param name="cancellationToken">Cancels the wait; the change goes on.</param>
    public ValueTask UpdateServersAsync(string servers, CancellationToken cancellationToken = default) =>
        UpdateServersAsync(ServerList.Parse(servers), cancellationToken);

    /// <inheritdoc cref="UpdateServersAsync(IEnumerable{MemcachedServerOptions}, ServerChangeOptions, CancellationToken)"/>
    /// <param name="servers">All servers from now on, as for <see cref="MemcachedPoolOptions.AddServers"/>.</param>
    /// <param name="options">How the pool goes there.</param>
    /// <param name="cancellationToken">Cancels the wait; the change goes on.</param>
    public ValueTask UpdateServersAsync(string servers, ServerChangeOptions options, CancellationToken cancellationToken = default) =>
        UpdateServersAsync(ServerList.Parse(servers), options, cancellationToken);

    /// <summary>
    /// Takes another user or password for the connections that are made from now on. Those that there are go on. A server that has refused
    /// the former ones is tried again at once.
    /// </summary>
    /// <param name="credentials">The user and the password; null: none.</param>
    /// <exception cref="ArgumentException">No password file can hold them.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public void UpdateCredentials(MemcachedCredentials? credentials)
    {
        credentials?.Validate();
        ThrowIfDisposed();
        _settings.Credentials = credentials;
        _servers.Hasten();
    }

    /// <summary>
    /// Takes other time limits, all together: for the operations that begin and the connections that are made from now on. To change one of
    /// them, pass <see cref="TimeLimits"/> <c>with</c> another value.
    /// </summary>
    /// <param name="limits">The limits.</param>
    /// <remarks>
    /// <see cref="MemcachedServer.RetryInterval"/> of a single server stays as it was set, unless these limits have another one than those
    /// before.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A time is not valid; nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public void UpdateTimeLimits(MemcachedTimeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        limits.Validate();
        ThrowIfDisposed();
        lock (_changeGate)
        {
            var isOtherRetry = limits.RetryInterval != _timeLimits.RetryInterval;
            _timeLimits = limits;
            _settings.ConnectTimeout = limits.ConnectTimeout;
            _settings.RetryInterval = limits.RetryInterval;
            _settings.KeepAliveSeconds = TimeSetting.KeepAliveSeconds(limits.KeepAlive);
            _settings.Limits.OperationTimeout = limits.OperationTimeout;
            _sender.Timeout = limits.OperationTimeout;
            if (isOtherRetry)
            {
                _servers.SetRetryInterval(limits.RetryInterval);
            }
        }
    }

    private static MemcachedServerOptions[] CheckServers(MemcachedServerOptions[] servers)
    {
        if (servers.Length == 0)
        {
            throw new ArgumentException(
                "The list of servers is empty, and a pool needs at least one: the servers stay as they are. To use none any more, dispose of the pool.", nameof(servers));
        }

        foreach (var server in servers)
        {
            ArgumentNullException.ThrowIfNull(server, nameof(servers));
            server.Validate();
        }

        return servers;
    }

    // Both under one gate, so that the changes are reported in their order.
    private ServerChange? ChangeServers(MemcachedServerOptions[] servers, MemcachedServerOptions[]? spares, ServerChangeOptions options)
    {
        lock (_changeGate)
        {
            if (_servers.Change(servers, spares, options) is not { } change)
            {
                return null;
            }

            _firstList.SetKnown();
            var happened = new ServersChangedEventArgs(
                change.Router.Version, change.Router.Servers, change.Added, change.Removed, () => change.FindMovedShare(_sender.KeyPrefix));
            _telemetry.ServersChanged(happened.Version, NamesOf(change.Added), NamesOf(change.Removed), () => happened.MovedShare);
            _changes.Add(() => Call(ServersChanged, happened, nameof(ServersChanged)));
            return change;
        }
    }

    private static string[] NamesOf(List<MemcachedServer> servers)
    {
        var names = new string[servers.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = servers[i].Name;
        }

        return names;
    }
}

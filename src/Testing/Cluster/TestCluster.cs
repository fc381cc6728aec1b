using System.Diagnostics;
using System.Globalization;
using TypedCache.Embedded;
using TypedCache.Values;

namespace TypedCache.Testing;

/// <summary>
/// memcached servers in the process of a test, with one clock, scripted faults, and a record of what they are asked. Nothing real is waited
/// for: values expire, late replies come and calls time out when the test advances the clock.
/// </summary>
/// <remarks>
/// Several pools may <see cref="Connect()"/> to it: they are to each other as several processes of one application. All members are
/// thread-safe.
/// </remarks>
public sealed class TestCluster : IAsyncDisposable, IDisposable
{
    // How long something in the process may take that has nothing to wait for; it only passes where that never comes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // How long a step waits for threads that may be busy with other tests.
    private static readonly TimeSpan LongestMoment = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<MemcachedPool> _pools = [];
    private readonly MemcachedServerOptions[] _addresses;
    private readonly ValueDialect _dialect;
    private MemcachedPool? _first;
    private MemcachedPoolOptions? _settings;
    private MemcachedPool? _locator;

    /// <summary>Creates a cluster of one server.</summary>
    public TestCluster()
        : this(new TestClusterOptions())
    {
    }

    /// <summary>Creates a cluster of servers with the names <c>cache-1</c>, <c>cache-2</c> and so on.</summary>
    /// <param name="servers">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public TestCluster(int servers)
        : this(new TestClusterOptions { Servers = Names(servers) })
    {
    }

    /// <summary>Creates a cluster.</summary>
    /// <param name="options">What it is like.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    public TestCluster(TestClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _dialect = options.ValueDialect;
        Clock = new TestClock(options.Start) { Settle = Settle };
        _addresses = [.. new MemcachedPoolOptions().AddServers(options.Servers).Servers];
        Servers = [.. _addresses.Select(address => new TestServer(this, address, new EmbeddedServerOptions
        {
            MemoryLimit = options.MemoryLimit,
            MaxItemSize = options.MaxItemSize,
            Version = options.ServerVersion,
        }))];
    }

    /// <summary>The clock of the servers and pools. Pass it to the code under test too.</summary>
    public TestClock Clock { get; }

    /// <summary>The servers, in the order in which they were given.</summary>
    public IReadOnlyList<TestServer> Servers { get; }

    /// <summary>What the servers were asked, in order.</summary>
    public CallLog Calls { get; } = new();

    /// <summary>What all servers store, server by server, used last first.</summary>
    public IReadOnlyList<TestItem> Items => [.. Servers.SelectMany(static server => server.Items)];

    /// <summary>Creates a pool over the servers. It ends with the cluster, if not before.</summary>
    public MemcachedPool Connect() => Connect(static _ => { });

    /// <summary>Creates a pool over the servers with other settings than the defaults: those of the application, for example.</summary>
    /// <param name="configure">
    /// Changes the settings. The servers are there already; the clock is set afterwards. Time limits are on the cluster's clock, but for
    /// that of connecting, which takes no time here.
    /// </param>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public MemcachedPool Connect(Action<MemcachedPoolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var settings = CreateSettings(configure);
        var pool = MemcachedPool.ConnectEmbedded(settings, Find);
        lock (_gate)
        {
            _pools.Add(pool);
            if (_first is null)
            {
                (_first, _settings) = (pool, settings);
                _locator?.Dispose();
                _locator = null;
            }
        }

        return pool;
    }

    /// <summary>Lets time go on (<see cref="TestClock.Advance(string)"/>).</summary>
    /// <param name="time">By how much: <c>300ms</c>, <c>90s</c>, <c>1h30m</c>, <c>7d</c>.</param>
    /// <exception cref="FormatException">The text is not a time.</exception>
    /// <exception cref="CacheAssertException">A pool or a server is busy for more than 30 seconds with what it was asked before.</exception>
    public void Advance(string time) => Clock.Advance(time);

    /// <inheritdoc cref="TestClock.Advance(TimeSpan)"/>
    public void Advance(TimeSpan time) => Clock.Advance(time);

    /// <summary>
    /// Lets time go on in steps until a task has ended: for code that waits by the clock for something that happens on other threads, such as the
    /// callers of another pool, who read again and again until a value has been created. Between the steps those threads have a moment; how far the
    /// clock goes depends on how fast they are.
    /// </summary>
    /// <param name="task">The task. Its exception is thrown.</param>
    /// <param name="step">One step.</param>
    /// <param name="limit">How far the clock goes at most.</param>
    /// <exception cref="CacheAssertException">The task has not ended by then.</exception>
    /// <exception cref="FormatException">A text is not a time.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is zero.</exception>
    public async Task AdvanceUntilAsync(Task task, string step = "20ms", string limit = "1h")
    {
        ArgumentNullException.ThrowIfNull(task);
        var (time, end) = (Duration.Parse(step), Clock.Elapsed + Duration.Parse(limit));
        ArgumentOutOfRangeException.ThrowIfEqual(time, TimeSpan.Zero, nameof(step));
        while (await Task.WhenAny(task, Task.Delay(1)).ConfigureAwait(false) != task)
        {
            if (Clock.Elapsed >= end)
            {
                throw new CacheAssertException(Report($"The task had not ended when the clock had been advanced by {limit}."));
            }

            await LetOthersRunAsync(task).ConfigureAwait(false);
            Clock.Advance(time);
        }

        await task.ConfigureAwait(false);
    }

    /// <summary>The server that holds a key while none has failed, by the settings of the first pool that was connected.</summary>
    /// <param name="key">The key as text, without the pool's prefix: <c>shop:product:42</c>, or <c>IShopCache.Keys.Product(42)</c>.</param>
    /// <exception cref="Keys.CacheKeyException">The key is not valid.</exception>
    public TestServer ServerOf(string key)
    {
        var name = Locator.FindServer(key).Name;
        return Servers.First(server => server.Name == name);
    }

    /// <summary>Removes an item as if its server had needed the memory, wherever it is. Clients are not asked.</summary>
    /// <param name="key">The key, as for <see cref="ServerOf"/>.</param>
    /// <returns>Whether there was one.</returns>
    public bool Evict(string key)
    {
        var wireKey = Locator.Locate(key).WireKey;
        var wasThere = false;
        foreach (var server in Servers)
        {
            wasThere |= server.Server.Evict(wireKey.Span);
        }

        return wasThere;
    }

    /// <summary>Removes all items, as if each server had needed the memory.</summary>
    public void EvictAll()
    {
        foreach (var server in Servers)
        {
            foreach (var item in server.Server.GetItems())
            {
                server.Server.Evict(item.Key.Span);
            }
        }
    }

    /// <summary>Stores bytes as they are, on the key's server: what another program, or another version of the application, has written.</summary>
    /// <param name="key">The key, as for <see cref="ServerOf"/>.</param>
    /// <param name="value">The bytes.</param>
    /// <param name="flags">What a client says of them.</param>
    /// <param name="timeLeft">For how long they stay, <c>Stale</c> included; null: they do not expire.</param>
    /// <exception cref="ArgumentException">The item is larger than <see cref="TestClusterOptions.MaxItemSize"/>, or the time is not more than zero.</exception>
    public void Store(string key, ReadOnlySpan<byte> value, uint flags = 0, TimeSpan? timeLeft = null) =>
        ServerOf(key).Server.SetItem(Locator.Locate(key).WireKey.Span, value, flags, timeLeft);

    /// <summary>Stores what <see cref="TestItem.Record"/> has given, in an earlier version of the application for example.</summary>
    /// <param name="key">The key, as for <see cref="ServerOf"/>.</param>
    /// <param name="recorded">The bytes and flags: <c>flags 2, bytes 92A34C616D70</c>.</param>
    /// <param name="timeLeft">For how long they stay, <c>Stale</c> included; null: they do not expire.</param>
    /// <exception cref="FormatException">The text is not a recorded value.</exception>
    public void StoreRecorded(string key, string recorded, TimeSpan? timeLeft = null)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var (value, flags) = RecordedValue.Read(recorded);
        Store(key, value, flags, timeLeft);
    }

    /// <summary>Finds an item, on whichever server it is. Clients are not asked.</summary>
    /// <param name="key">The key, as for <see cref="ServerOf"/>.</param>
    /// <returns>The item; null: there is none.</returns>
    public TestItem? Find(string key)
    {
        var wireKey = System.Text.Encoding.UTF8.GetString(Locator.Locate(key).WireKey.Span);
        return Items.FirstOrDefault(item => item.Key == wireKey);
    }

    /// <summary>Expects that a value is stored, be it stale.</summary>
    /// <param name="key">The key, as for <see cref="ServerOf"/>.</param>
    /// <returns>Its item.</returns>
    /// <exception cref="CacheAssertException">There is none.</exception>
    public TestItem AssertStored(string key) =>
        Find(key) is { IsPlaceholder: false } item ? item : throw new CacheAssertException(Report($"Expected a value under '{key}', but there is none.", showsItems: true));

    /// <summary>Expects that no value is stored.</summary>
    /// <param name="key">The key, as for <see cref="ServerOf"/>.</param>
    /// <exception cref="CacheAssertException">There is one.</exception>
    public void AssertNotStored(string key)
    {
        if (Find(key) is { IsPlaceholder: false } item)
        {
            throw new CacheAssertException(Report($"Expected no value under '{key}', but there is one on {item.Server}.", showsItems: true));
        }
    }

    /// <summary>Ends all faults of all servers (<see cref="TestServer.Recover"/>).</summary>
    public void Recover()
    {
        foreach (var server in Servers)
        {
            server.Recover();
        }
    }

    /// <summary>
    /// Lets all pools try their failed servers again at once, without the clock going on, and waits until they use all that can be reached.
    /// A pool replays what a server has missed before that.
    /// </summary>
    /// <exception cref="CacheAssertException">A pool does not get that far.</exception>
    public async Task ReconnectAsync()
    {
        for (var waited = Stopwatch.StartNew(); FailedServer() is { } failed; await Task.Delay(1).ConfigureAwait(false))
        {
            if (waited.Elapsed > Patience)
            {
                throw new CacheAssertException(Report($"A pool does not use {failed.Name} again: {failed.LastFailure?.Message}"));
            }

            failed.Enable();
        }
    }

    /// <summary>Ends the pools and servers.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var pool in Pools)
        {
            await pool.DisposeAsync().ConfigureAwait(false);
        }

        End();
    }

    /// <summary>Ends the pools and servers.</summary>
    public void Dispose()
    {
        foreach (var pool in Pools)
        {
            pool.Dispose();
        }

        End();
    }

    /// <summary>Waits until every pool has closed what a server has closed.</summary>
    /// <exception cref="CacheAssertException">One does not.</exception>
    internal void WaitUntilNoticed(TestServer server, EmbeddedServer closed) =>
        Wait(() => closed.IsHangingUp, () => $"A pool has not noticed that {server.Name} has closed its connections.");

    /// <summary>Lets the clock stop where calls that have begun now time out, so that this happens before anything later.</summary>
    internal void StopAtLimits()
    {
        foreach (var limit in Pools.Select(static pool => pool.TimeLimits.OperationTimeout).Distinct())
        {
            Clock.StopAfter(limit);
        }
    }

    private MemcachedPool[] Pools
    {
        get
        {
            lock (_gate)
            {
                _pools.RemoveAll(static pool => pool.IsDisposed);
                return [.. _pools];
            }
        }
    }

    // Knows where keys belong, and asks no server.
    private MemcachedPool Locator
    {
        get
        {
            lock (_gate)
            {
                return _first is { IsDisposed: false } ? _first : _locator ??= MemcachedPool.ConnectEmbedded(_settings ?? CreateSettings(static _ => { }), Find);
            }
        }
    }

    private static string Names(int servers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        return string.Join(',', Enumerable.Range(1, servers).Select(static number => string.Create(CultureInfo.InvariantCulture, $"cache-{number}")));
    }

    private MemcachedPoolOptions CreateSettings(Action<MemcachedPoolOptions> configure)
    {
        // A busy machine may take long to start the thread that connects.
        var options = new MemcachedPoolOptions { Servers = [.. _addresses], ConnectTimeout = Patience, ValueDialect = _dialect };
        configure(options);
        options.TimeProvider = Clock;
        return options;
    }

    private EmbeddedServer Find(MemcachedServerOptions options) =>
        Servers.FirstOrDefault(server => server.Address.Host == options.Host && server.Address.Port == options.Port)?.Connect()
        ?? throw new IOException($"The test cluster has no such server. Add it to {nameof(TestClusterOptions)}.{nameof(TestClusterOptions.Servers)}.");

    private IEnumerable<MemcachedServer> Seen(TestServer server) =>
        Pools.SelectMany(static pool => pool.Servers.Concat(pool.Spares)).Where(seen => seen.Name == server.Name);

    private MemcachedServer? FailedServer() =>
        Servers.Where(static server => server.IsReachable).SelectMany(Seen).FirstOrDefault(static seen => seen.State == ServerState.Failed);

    // What has happened by now is to have its effect before the clock goes on: replies that have been sent are read, and calls whose time is
    // over have ended, with the connection that has been silent for so long.
    private void Settle()
    {
        TestServer[] servers = [.. Servers];
        TestServer? busy = null;

        // Twice: a call may have gone on to a server that was looked at before.
        Wait(() => (busy = Array.Find(servers, HasWork) ?? Array.Find(servers, HasWork)) is not null, () => $"The clock cannot go on: {busy!.Name} or a pool does not get done with what it was asked.");
    }

    // A pool has to send before a server can answer.
    private bool HasWork(TestServer server) => Seen(server).Any(static seen => seen.HasWorkDue) || server.IsBusy;

    private void Wait(Func<bool> isUnderWay, Func<string> failure)
    {
        for (var waited = Stopwatch.StartNew(); isUnderWay(); Thread.Sleep(0))
        {
            if (waited.Elapsed > Patience)
            {
                throw new CacheAssertException(Report(failure()));
            }
        }
    }

    // What the last step has set going may wait for a thread, on a machine that has much to do.
    private static async Task LetOthersRunAsync(Task task)
    {
        for (var waited = Stopwatch.StartNew(); ThreadPool.PendingWorkItemCount > 0 && !task.IsCompleted && waited.Elapsed < LongestMoment;)
        {
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    private string Report(string expectation, bool showsItems = false)
    {
        var items = Items;
        var shown = showsItems ? $"{expectation}\n\n{(items.Count == 0 ? "No server stores anything." : $"All items ({items.Count}):\n  {string.Join("\n  ", items)}")}" : expectation;
        return CallReport.Write(shown, Calls.Snapshot(), static _ => false);
    }

    private void End()
    {
        _locator?.Dispose();
        foreach (var server in Servers)
        {
            server.Dispose();
        }
    }
}

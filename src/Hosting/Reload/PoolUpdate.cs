namespace TypedCache.Hosting;

/// <summary>Changes what a pool can change while it is in use.</summary>
/// <param name="pool">The pool.</param>
/// <param name="current">The options that it has now.</param>
/// <param name="isEmbedded">Whether its servers are embedded ones.</param>
internal sealed class PoolUpdate(MemcachedPool pool, MemcachedPoolOptions current, bool isEmbedded)
{
    private MemcachedServerOptions[] _servers = [.. current.Servers];
    private IServerDiscovery? _discovery = current.Discovery;
    private MemcachedServerOptions[] _spares = [.. current.Spares];
    private MemcachedCredentials? _credentials = current.Credentials;

    /// <summary>Whether its servers are embedded ones, which no setting names.</summary>
    public bool IsEmbedded { get; } = isEmbedded;

    /// <summary>Whether servers have been configured since, which a pool of embedded ones cannot take.</summary>
    public bool NeedsRestart { get; private set; }

    /// <summary>Changes what differs.</summary>
    /// <param name="options">The options that the pool is to have.</param>
    /// <returns>The names of the settings that have changed.</returns>
    /// <exception cref="ArgumentException">The options are not valid; the pool stays as it was.</exception>
    public async ValueTask<IReadOnlyList<string>> ApplyAsync(MemcachedPoolOptions options)
    {
        var applied = new List<string>();
        NeedsRestart = IsEmbedded && (options.Servers.Count > 0 || options.Discovery is not null);
        if (IsEmbedded)
        {
            options.Discovery = null;
            options.Servers.Clear();
            options.Spares.Clear();
            options.Zone = null;
            Array.ForEach(_servers, options.Servers.Add);
            Array.ForEach(_spares, options.Spares.Add);
        }

        options.Validate();

        // Before the servers: new ones are connected with them.
        if (options.Credentials != _credentials)
        {
            pool.UpdateCredentials(options.Credentials);
            _credentials = options.Credentials;
            applied.Add(nameof(options.Credentials));
        }

        var limits = LimitsOf(options);
        if (limits != pool.TimeLimits)
        {
            applied.AddRange(Differences(pool.TimeLimits, limits));
            pool.UpdateTimeLimits(limits);
        }

        if (!Equals(options.Discovery, _discovery))
        {
            pool.UpdateDiscovery(options.Discovery);
            _discovery = options.Discovery;
            applied.Add(nameof(options.Discovery));

            // What it named is not what the settings list.
            _servers = [];
        }

        // Where a source names the servers, it alone changes them, and spares go with them.
        var isOther = options.Discovery is null && !options.Servers.SequenceEqual(_servers);
        var areOtherSpares = options.Discovery is null && !options.Spares.SequenceEqual(_spares);
        if (isOther || areOtherSpares)
        {
            await ChangeServersAsync(options).ConfigureAwait(false);
            _servers = [.. options.Servers];
            _spares = [.. options.Spares];
            applied.AddRange(isOther ? [nameof(options.Servers)] : []);
            applied.AddRange(areOtherSpares ? [nameof(options.Spares)] : []);
        }

        return applied;
    }

    // The change is made at once; what is awaited is that removed servers are left, and another change need not wait for that.
    private async ValueTask ChangeServersAsync(MemcachedPoolOptions options)
    {
        var drained = pool.UpdateServersAsync(options.Servers, options.Spares).AsTask();
        if (drained.IsCompleted)
        {
            await drained.ConfigureAwait(false);
        }
    }

    private static MemcachedTimeLimits LimitsOf(MemcachedPoolOptions options) => new()
    {
        ConnectTimeout = options.ConnectTimeout,
        OperationTimeout = options.OperationTimeout,
        RetryInterval = options.RetryInterval,
        KeepAlive = options.KeepAlive,
    };

    private static IEnumerable<string> Differences(MemcachedTimeLimits before, MemcachedTimeLimits after) =>
        new (string Name, bool Differs)[]
        {
            (nameof(after.ConnectTimeout), before.ConnectTimeout != after.ConnectTimeout),
            (nameof(after.OperationTimeout), before.OperationTimeout != after.OperationTimeout),
            (nameof(after.RetryInterval), before.RetryInterval != after.RetryInterval),
            (nameof(after.KeepAlive), before.KeepAlive != after.KeepAlive),
        }
        .Where(static limit => limit.Differs)
        .Select(static limit => limit.Name);
}

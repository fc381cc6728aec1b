using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Hosting;

/// <summary>The options of a pool that settings describe.</summary>
internal static class PoolOptions
{
    /// <summary>Creates them.</summary>
    /// <param name="settings">The settings, the connection string taken over.</param>
    /// <param name="withCertificates">Whether certificates are read from their files.</param>
    /// <exception cref="ArgumentException">A server is malformed, or a value is none of its type.</exception>
    public static MemcachedPoolOptions From(TypedCacheSettings settings, bool withCertificates = true)
    {
        var options = MemcachedPoolOptions.For(settings.Preset);
        foreach (var server in settings.Servers)
        {
            options.AddServers(server);
        }

        options.Discovery = string.IsNullOrWhiteSpace(settings.Discovery) ? null : ServerDiscovery.Parse(settings.Discovery);
        SetConnections(settings, options);
        SetKeys(settings, options);
        SetValues(settings, options);
        SetFailover(settings, options);
        options.Tls = !settings.Tls.Enabled ? null : withCertificates ? CertificateFiles.Load(settings.Tls) : new MemcachedTlsOptions();
        return options;
    }

    private static void SetConnections(TypedCacheSettings settings, MemcachedPoolOptions options)
    {
        options.Credentials = string.IsNullOrEmpty(settings.User) || settings.Password is null ? null : new MemcachedCredentials(settings.User, settings.Password);
        options.Protocol = Known(settings.Protocol, nameof(settings.Protocol));
        options.ConnectTimeout = settings.ConnectTimeout;
        options.OperationTimeout = settings.OperationTimeout;
        options.RetryInterval = settings.RetryInterval;
        options.KeepAlive = settings.KeepAlive;
        options.ConnectionsPerServer = settings.ConnectionsPerServer;
        options.MaxQueuedBytes = settings.MaxQueuedBytes;
        options.MaxNearBytes = settings.MaxNearBytes;
        options.MaxAuditsPerSecond = settings.MaxAuditsPerSecond;
        options.MaxMissedDeletes = settings.MaxMissedDeletes;
        options.OnMissedDeletesOverflow = Known(settings.OnMissedDeletesOverflow, nameof(settings.OnMissedDeletesOverflow));
    }

    private static void SetKeys(TypedCacheSettings settings, MemcachedPoolOptions options)
    {
        options.KeyPrefix = settings.KeyPrefix;
        options.HashKeyPrefix = settings.HashKeyPrefix ?? options.HashKeyPrefix;
        options.KeyPolicy = settings.KeyPolicy is { } policy ? Known(policy, nameof(settings.KeyPolicy)) : options.KeyPolicy;
        options.KeyTransformer = settings.KeyTransformer switch
        {
            null => options.KeyTransformer,
            TypedCacheKeyTransformer.None => KeyTransformer.None,
            TypedCacheKeyTransformer.EnyimSha1 => KeyTransformer.EnyimSha1,
            TypedCacheKeyTransformer.EnyimTigerHash => KeyTransformer.EnyimTigerHash,
            TypedCacheKeyTransformer.EnyimBase64 => KeyTransformer.EnyimBase64,
            _ => throw Unknown(nameof(settings.KeyTransformer)),
        };
        var strategy = settings.HashStrategy ?? (settings.SortHosts ? DefaultOf(settings.Preset) : null);
        if (strategy is { } chosen)
        {
            options.HashStrategy = Strategy(chosen, settings.SortHosts);
        }

        if (settings.HashFunction is { } function)
        {
            options.HashFunction = Function(function, settings.SignedChar);
        }
        else if (settings.HashStrategy is { } usual)
        {
            options.HashFunction = Function(UsualWith(usual), settings.SignedChar);
        }
        else if (!settings.SignedChar && settings.Preset == MemcachedPreset.PhpMemcached)
        {
            options.HashFunction = Function(TypedCacheHashFunction.OneAtATime, signedChar: false);
        }
    }

    private static void SetValues(TypedCacheSettings settings, MemcachedPoolOptions options)
    {
        options.ValueDialect = settings.ValueDialect switch
        {
            null => options.ValueDialect,
            TypedCacheValueDialect.Pecl => ValueDialect.Pecl,
            TypedCacheValueDialect.PeclSharedWithPhp => ValueDialect.PeclSharedWithPhp,
            TypedCacheValueDialect.PhpMemcached => ValueDialect.PhpMemcached,
            TypedCacheValueDialect.Enyim => ValueDialect.Enyim,
            TypedCacheValueDialect.EnyimMessagePack => ValueDialect.EnyimMessagePack,
            TypedCacheValueDialect.Pymemcache => ValueDialect.Pymemcache,
            TypedCacheValueDialect.PythonMemcached => ValueDialect.PythonMemcached,
            TypedCacheValueDialect.Dalli => ValueDialect.Dalli,
            TypedCacheValueDialect.Spymemcached => ValueDialect.Spymemcached,
            TypedCacheValueDialect.NodeMemcached => ValueDialect.NodeMemcached,
            TypedCacheValueDialect.Plain => ValueDialect.Plain,
            _ => throw Unknown(nameof(settings.ValueDialect)),
        };
        options.MaxValueLength = settings.MaxValueLength;
        options.Compression.Threshold = settings.CompressionThreshold ?? options.Compression.Threshold;
        options.Compression.MinimumSaving = settings.CompressionMinimumSaving ?? options.Compression.MinimumSaving;
        options.Compression.MaxExpandedSize = settings.MaxExpandedSize;
        options.Compression.MaxExpandedTogether = settings.MaxExpandedTogether;
    }

    private static void SetFailover(TypedCacheSettings settings, MemcachedPoolOptions options)
    {
        options.AllowFailover = settings.AllowFailover ?? options.AllowFailover;
        options.FailoverSequence = settings.FailoverOrder switch
        {
            null => options.FailoverSequence,
            TypedCacheFailoverOrder.Pecl8 => FailoverSequence.Pecl8,
            TypedCacheFailoverOrder.Pecl2 => FailoverSequence.Pecl2,
            TypedCacheFailoverOrder.WithoutFailed => FailoverSequence.WithoutFailed,
            TypedCacheFailoverOrder.NextServer => FailoverSequence.NextServer,
            TypedCacheFailoverOrder.Dalli => FailoverSequence.Dalli,
            TypedCacheFailoverOrder.PythonMemcached => FailoverSequence.PythonMemcached,
            TypedCacheFailoverOrder.SpymemcachedKetama => FailoverSequence.SpymemcachedKetama,
            TypedCacheFailoverOrder.XmemcachedKetama => FailoverSequence.XmemcachedKetama,
            TypedCacheFailoverOrder.Enyim2Ketama => FailoverSequence.Enyim2Ketama,
            _ => throw Unknown(nameof(settings.FailoverOrder)),
        };
        options.SickServers = settings.SickServers.ToOptions();
        options.ServerChanges = settings.ServerChanges.ToOptions();
        options.MaxFailoverAttempts = settings.MaxFailoverAttempts ?? options.MaxFailoverAttempts;
        options.Redundancy = settings.Redundancy;
        options.Zone = string.IsNullOrEmpty(settings.Zone) ? null : settings.Zone;
        options.SpareExpiry = settings.SpareExpiry;
        foreach (var spare in settings.Spares)
        {
            options.AddSpares(spare);
        }

        options.OnServerFailure = Known(settings.OnServerFailure, nameof(settings.OnServerFailure));
    }

    private static HashStrategyFactory Strategy(TypedCacheHashStrategy strategy, bool sortHosts) => strategy switch
    {
        TypedCacheHashStrategy.Consistent => HashStrategies.Consistent,
        TypedCacheHashStrategy.Standard => HashStrategies.Standard,
        TypedCacheHashStrategy.Rendezvous => HashStrategies.Rendezvous,
        TypedCacheHashStrategy.Modula => PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Modula, sortHosts),
        TypedCacheHashStrategy.PhpConsistent => PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Consistent, sortHosts),
        TypedCacheHashStrategy.PhpConsistentUnweighted => PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.ConsistentUnweighted, sortHosts),
        TypedCacheHashStrategy.Ketama => PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Ketama, sortHosts),
        _ => throw Unknown(nameof(TypedCacheSettings.HashStrategy)),
    };

    private static IHashFunction Function(TypedCacheHashFunction function, bool signedChar) => function switch
    {
        TypedCacheHashFunction.Crc32 => HashFunctions.Crc32,
        TypedCacheHashFunction.Fnv1a => HashFunctions.Fnv1a,
        TypedCacheHashFunction.OneAtATime => PhpMemcachedHashing.Function(PhpMemcachedHash.OneAtATime, signedChar),
        TypedCacheHashFunction.Md5 => PhpMemcachedHashing.Function(PhpMemcachedHash.Md5, signedChar),
        TypedCacheHashFunction.PhpCrc => PhpMemcachedHashing.Function(PhpMemcachedHash.Crc, signedChar),
        TypedCacheHashFunction.PhpFnv64 => PhpMemcachedHashing.Function(PhpMemcachedHash.Fnv64, signedChar),
        TypedCacheHashFunction.PhpFnv1a64 => PhpMemcachedHashing.Function(PhpMemcachedHash.Fnv1a64, signedChar),
        TypedCacheHashFunction.PhpFnv32 => PhpMemcachedHashing.Function(PhpMemcachedHash.Fnv32, signedChar),
        TypedCacheHashFunction.PhpFnv1a32 => PhpMemcachedHashing.Function(PhpMemcachedHash.Fnv1a32, signedChar),
        TypedCacheHashFunction.Murmur => PhpMemcachedHashing.Function(PhpMemcachedHash.Murmur, signedChar),
        _ => throw Unknown(nameof(TypedCacheSettings.HashFunction)),
    };

    private static TypedCacheHashFunction UsualWith(TypedCacheHashStrategy strategy) => strategy switch
    {
        TypedCacheHashStrategy.Consistent or TypedCacheHashStrategy.Standard or TypedCacheHashStrategy.Rendezvous => TypedCacheHashFunction.Crc32,
        TypedCacheHashStrategy.Ketama => TypedCacheHashFunction.Md5,
        _ => TypedCacheHashFunction.OneAtATime,
    };

    private static TypedCacheHashStrategy? DefaultOf(MemcachedPreset preset) => preset switch
    {
        MemcachedPreset.PhpMemcached => TypedCacheHashStrategy.Modula,
        MemcachedPreset.PhpMemcachedKetama => TypedCacheHashStrategy.Ketama,
        _ => throw new ArgumentException($"{nameof(TypedCacheSettings.SortHosts)} has no effect with the preset {preset}, whose client does not have it."),
    };

    // Configuration can say any number.
    private static T Known<T>(T value, string name)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw Unknown(name);

    private static ArgumentException Unknown(string name) => new($"{name} is none of its values.");
}

namespace TypedCache.Hosting;

/// <summary>The names of all settings, as configuration has them. Named here, since native code has no reflection over them.</summary>
internal static class SettingNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        nameof(TypedCacheSettings.ConnectionString),
        nameof(TypedCacheSettings.Servers),
        nameof(TypedCacheSettings.Discovery),
        nameof(TypedCacheSettings.Preset),
        nameof(TypedCacheSettings.User),
        nameof(TypedCacheSettings.Password),
        nameof(TypedCacheSettings.Tls),
        nameof(TypedCacheSettings.Protocol),
        nameof(TypedCacheSettings.KeyPrefix),
        nameof(TypedCacheSettings.HashKeyPrefix),
        nameof(TypedCacheSettings.KeyPolicy),
        nameof(TypedCacheSettings.KeyTransformer),
        nameof(TypedCacheSettings.HashStrategy),
        nameof(TypedCacheSettings.HashFunction),
        nameof(TypedCacheSettings.SortHosts),
        nameof(TypedCacheSettings.SignedChar),
        nameof(TypedCacheSettings.ValueDialect),
        nameof(TypedCacheSettings.CompressionThreshold),
        nameof(TypedCacheSettings.CompressionMinimumSaving),
        nameof(TypedCacheSettings.MaxExpandedSize),
        nameof(TypedCacheSettings.MaxExpandedTogether),
        nameof(TypedCacheSettings.MaxValueLength),
        nameof(TypedCacheSettings.ConnectTimeout),
        nameof(TypedCacheSettings.OperationTimeout),
        nameof(TypedCacheSettings.RetryInterval),
        nameof(TypedCacheSettings.KeepAlive),
        nameof(TypedCacheSettings.AllowFailover),
        nameof(TypedCacheSettings.FailoverOrder),
        nameof(TypedCacheSettings.MaxFailoverAttempts),
        nameof(TypedCacheSettings.Redundancy),
        nameof(TypedCacheSettings.Zone),
        nameof(TypedCacheSettings.Spares),
        nameof(TypedCacheSettings.SpareExpiry),
        nameof(TypedCacheSettings.OnServerFailure),
        nameof(TypedCacheSettings.SickServers),
        nameof(TypedCacheSettings.ServerChanges),
        nameof(TypedCacheSettings.ConnectionsPerServer),
        nameof(TypedCacheSettings.MaxQueuedBytes),
        nameof(TypedCacheSettings.MaxNearBytes),
        nameof(TypedCacheSettings.MaxAuditsPerSecond),
        nameof(TypedCacheSettings.MaxMissedDeletes),
        nameof(TypedCacheSettings.OnMissedDeletesOverflow),
    ];

    public static IReadOnlyList<string> OfTls { get; } =
    [
        nameof(TypedCacheTlsSettings.Enabled),
        nameof(TypedCacheTlsSettings.TrustedAuthorityFiles),
        nameof(TypedCacheTlsSettings.ClientCertificateFile),
        nameof(TypedCacheTlsSettings.ClientKeyFile),
        nameof(TypedCacheTlsSettings.TargetHost),
        nameof(TypedCacheTlsSettings.CheckHostName),
    ];

    public static IReadOnlyList<string> OfSickServers { get; } =
    [
        nameof(TypedCacheSickServerSettings.Enabled),
        nameof(TypedCacheSickServerSettings.FailureRate),
        nameof(TypedCacheSickServerSettings.Window),
        nameof(TypedCacheSickServerSettings.MinimumCalls),
        nameof(TypedCacheSickServerSettings.MaxShareTakenOut),
    ];

    public static IReadOnlyList<string> OfServerChanges { get; } =
    [
        nameof(TypedCacheServerChangeSettings.WarmUp),
        nameof(TypedCacheServerChangeSettings.Prepare),
        nameof(TypedCacheServerChangeSettings.CleanUp),
    ];

    /// <summary>Whether a name is that of a setting.</summary>
    public static bool Contains(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}

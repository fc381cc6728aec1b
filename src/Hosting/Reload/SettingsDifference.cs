namespace TypedCache.Hosting;

/// <summary>Which settings differ of those that a pool cannot change while it is in use.</summary>
internal static class SettingsDifference
{
    private static readonly Fixed[] Settings =
    [
        new(nameof(TypedCacheSettings.Preset), static settings => settings.Preset),
        new(nameof(TypedCacheSettings.Protocol), static settings => settings.Protocol),
        new(nameof(TypedCacheSettings.KeyPrefix), static settings => settings.KeyPrefix),
        new(nameof(TypedCacheSettings.HashKeyPrefix), static settings => settings.HashKeyPrefix),
        new(nameof(TypedCacheSettings.KeyPolicy), static settings => settings.KeyPolicy),
        new(nameof(TypedCacheSettings.KeyTransformer), static settings => settings.KeyTransformer),
        new(nameof(TypedCacheSettings.HashStrategy), static settings => settings.HashStrategy),
        new(nameof(TypedCacheSettings.HashFunction), static settings => settings.HashFunction),
        new(nameof(TypedCacheSettings.SortHosts), static settings => settings.SortHosts),
        new(nameof(TypedCacheSettings.SignedChar), static settings => settings.SignedChar),
        new(nameof(TypedCacheSettings.ValueDialect), static settings => settings.ValueDialect),
        new(nameof(TypedCacheSettings.CompressionThreshold), static settings => settings.CompressionThreshold),
        new(nameof(TypedCacheSettings.CompressionMinimumSaving), static settings => settings.CompressionMinimumSaving),
        new(nameof(TypedCacheSettings.MaxExpandedSize), static settings => settings.MaxExpandedSize),
        new(nameof(TypedCacheSettings.MaxExpandedTogether), static settings => settings.MaxExpandedTogether),
        new(nameof(TypedCacheSettings.MaxValueLength), static settings => settings.MaxValueLength),
        new(nameof(TypedCacheSettings.AllowFailover), static settings => settings.AllowFailover),
        new(nameof(TypedCacheSettings.FailoverOrder), static settings => settings.FailoverOrder),
        new(nameof(TypedCacheSettings.MaxFailoverAttempts), static settings => settings.MaxFailoverAttempts),
        new(nameof(TypedCacheSettings.Redundancy), static settings => settings.Redundancy),
        new(nameof(TypedCacheSettings.Zone), static settings => settings.Zone),
        new(nameof(TypedCacheSettings.SpareExpiry), static settings => settings.SpareExpiry),
        new(nameof(TypedCacheSettings.OnServerFailure), static settings => settings.OnServerFailure),
        new(nameof(TypedCacheSettings.ConnectionsPerServer), static settings => settings.ConnectionsPerServer),
        new(nameof(TypedCacheSettings.MaxQueuedBytes), static settings => settings.MaxQueuedBytes),
        new(nameof(TypedCacheSettings.MaxNearBytes), static settings => settings.MaxNearBytes),
        new(nameof(TypedCacheSettings.MaxAuditsPerSecond), static settings => settings.MaxAuditsPerSecond),
        new(nameof(TypedCacheSettings.MaxMissedDeletes), static settings => settings.MaxMissedDeletes),
        new(nameof(TypedCacheSettings.OnMissedDeletesOverflow), static settings => settings.OnMissedDeletesOverflow),
        new("Tls:Enabled", static settings => settings.Tls.Enabled),
        new("Tls:TrustedAuthorityFiles", static settings => string.Join('\n', settings.Tls.TrustedAuthorityFiles)),
        new("Tls:ClientCertificateFile", static settings => settings.Tls.ClientCertificateFile),
        new("Tls:ClientKeyFile", static settings => settings.Tls.ClientKeyFile),
        new("Tls:TargetHost", static settings => settings.Tls.TargetHost),
        new("Tls:CheckHostName", static settings => settings.Tls.CheckHostName),
        new("SickServers:Enabled", static settings => settings.SickServers.Enabled),
        new("SickServers:FailureRate", static settings => settings.SickServers.FailureRate),
        new("SickServers:Window", static settings => settings.SickServers.Window),
        new("SickServers:MinimumCalls", static settings => settings.SickServers.MinimumCalls),
        new("SickServers:MaxShareTakenOut", static settings => settings.SickServers.MaxShareTakenOut),
        new("ServerChanges:WarmUp", static settings => settings.ServerChanges.WarmUp),
        new("ServerChanges:Prepare", static settings => settings.ServerChanges.Prepare),
        new("ServerChanges:CleanUp", static settings => settings.ServerChanges.CleanUp),
    ];

    /// <summary>The names of all settings that need a restart.</summary>
    public static IEnumerable<string> Names => Settings.Select(static setting => setting.Name);

    /// <summary>The names of those that differ.</summary>
    public static IEnumerable<string> Find(TypedCacheSettings before, TypedCacheSettings after) => Settings
        .Where(setting => !Equals(setting.Read(before), setting.Read(after)))
        .Select(static setting => setting.Name);

    private sealed record Fixed(string Name, Func<TypedCacheSettings, object?> Read);
}

using System.Globalization;
using System.Text;

namespace TypedCache.Hosting;

/// <summary>Takes over what a connection string says.</summary>
internal static class ConnectionStringSettings
{
    /// <summary>Replaces settings by those of the connection string, if it has not been done yet.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">Where the connection string was found, for messages.</param>
    public static void Apply(TypedCacheSettings settings, string path)
    {
        if (string.IsNullOrWhiteSpace(settings.ConnectionString) || settings.ConnectionString == settings.AppliedConnectionString)
        {
            return;
        }

        settings.AppliedConnectionString = settings.ConnectionString;
        try
        {
            Copy(MemcachedConnectionString.Parse(settings.ConnectionString), settings);
        }
        catch (ArgumentException mistake)
        {
            settings.Mistakes.Add($"{path}: {mistake.Message}");
        }
    }

    private static void Copy(MemcachedConnectionString text, TypedCacheSettings settings)
    {
        settings.Servers.Clear();
        foreach (var server in text.Servers)
        {
            settings.Servers.Add(TextOf(server));
        }

        settings.Discovery = text.Discovery;
        if (text.Spares is { } spares)
        {
            settings.Spares.Clear();
            foreach (var spare in spares)
            {
                settings.Spares.Add(TextOf(spare));
            }
        }

        settings.Zone = text.Zone ?? settings.Zone;
        settings.SpareExpiry = text.SpareExpiry ?? settings.SpareExpiry;
        settings.Preset = text.Preset ?? settings.Preset;
        settings.User = text.User ?? settings.User;
        settings.Password = text.Password ?? settings.Password;
        settings.Tls.Enabled = text.Tls ?? settings.Tls.Enabled;
        settings.Protocol = text.Protocol ?? settings.Protocol;
        settings.KeyPrefix = text.KeyPrefix ?? settings.KeyPrefix;
        if (text.HashStrategy is { } strategy)
        {
            settings.HashStrategy = Strategy(strategy);
            settings.HashFunction = TypedCacheHashFunction.Crc32;
        }

        settings.OperationTimeout = text.OperationTimeout ?? settings.OperationTimeout;
        settings.ConnectTimeout = text.ConnectTimeout ?? settings.ConnectTimeout;
        settings.RetryInterval = text.RetryInterval ?? settings.RetryInterval;
        settings.KeepAlive = text.KeepAlive ?? settings.KeepAlive;
        settings.ConnectionsPerServer = text.ConnectionsPerServer ?? settings.ConnectionsPerServer;
        settings.Redundancy = text.Redundancy ?? settings.Redundancy;
        settings.AllowFailover = text.AllowFailover ?? settings.AllowFailover;
        settings.OnServerFailure = text.OnServerFailure ?? settings.OnServerFailure;
    }

    private static TypedCacheHashStrategy Strategy(MemcachedHashStrategy strategy) => strategy switch
    {
        MemcachedHashStrategy.Standard => TypedCacheHashStrategy.Standard,
        MemcachedHashStrategy.Rendezvous => TypedCacheHashStrategy.Rendezvous,
        _ => TypedCacheHashStrategy.Consistent,
    };

    // A Unix socket has no port.
    private static string TextOf(MemcachedServerOptions server)
    {
        var text = new StringBuilder(server.Port == 0 ? server.Host : server.Name);
        if (server.Weight != 1)
        {
            text.Append(CultureInfo.InvariantCulture, $" weight={server.Weight}");
        }

        Append(text, "zone", server.Zone);
        Append(text, "address", server.Address?.ToString());
        Append(text, "name", server.HashName);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string option, string? value)
    {
        if (value is not null)
        {
            text.Append(' ').Append(option).Append('=').Append(value);
        }
    }
}

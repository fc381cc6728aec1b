using System.Text;
using TypedCache.Discovery;
using TypedCache.Hashing;
using TypedCache.Pool;

namespace TypedCache;

/// <summary>
/// The servers of a pool and its settings in one text, for configuration files and environment variables. What the text does not say is
/// null here.
/// </summary>
/// <remarks>
/// <para>Two forms say the same:</para>
/// <code>
/// cache-1:11211 weight=2, cache-2; tls=true; user=shop; password="p;,\"x"; timeout=200ms; prefix=shop:; preset=pecl
/// memcached://user:password@cache-1:11211,cache-2/shop:?timeout=200ms
/// </code>
/// <para>
/// Values may stand in single or double quotes, where a backslash takes the next character as it is. In a URI, percent-encode what it does
/// not take; <c>memcacheds://</c> is <c>tls=true</c>. Times are written as <c>200ms</c>, <c>2s</c>, <c>1m30s</c>, <c>never</c>.
/// </para>
/// </remarks>
public sealed class MemcachedConnectionString
{
    private MemcachedConnectionString(IReadOnlyList<MemcachedServerOptions> servers) => Servers = servers;

    /// <summary>The servers. Without <see cref="Discovery"/> at least one.</summary>
    public IReadOnlyList<MemcachedServerOptions> Servers { get; }

    /// <summary>
    /// The source of the servers, as <see cref="ServerDiscovery.Parse"/> takes it: <c>config:host:port</c> or <c>dns+host:port</c>, in the place of
    /// a server. Servers beside it hold until it has named some.
    /// </summary>
    public string? Discovery { get; private set; }

    /// <summary>
    /// <c>preset</c>: the name of a <see cref="MemcachedPreset"/> in lower case, with hyphens between its words: <c>default</c>, <c>pecl</c>,
    /// <c>php-memcached-ketama</c>, <c>enyim</c>, <c>dalli</c>, <c>spymemcached-ketama</c> and so on.
    /// </summary>
    public MemcachedPreset? Preset { get; private set; }

    /// <summary>
    /// <c>hash</c>: <c>consistent</c>, <c>standard</c> or <c>rendezvous</c>, <see cref="MemcachedPoolOptions.HashStrategy"/> in place of the
    /// preset's, with <see cref="HashFunctions.Crc32"/>.
    /// </summary>
    public MemcachedHashStrategy? HashStrategy { get; private set; }

    /// <summary><c>protocol</c>: <c>auto</c>, <c>meta</c>, <c>classic</c>.</summary>
    public MemcachedProtocol? Protocol { get; private set; }

    /// <summary><c>user</c>: with the password, <see cref="MemcachedPoolOptions.Credentials"/>.</summary>
    public string? User { get; private set; }

    /// <summary><c>password</c>. No message and no <see cref="ToString"/> shows it.</summary>
    public string? Password { get; private set; }

    /// <summary><c>tls</c>: whether connections are encrypted, with certificates that the machine trusts.</summary>
    public bool? Tls { get; private set; }

    /// <summary><c>prefix</c>: <see cref="MemcachedPoolOptions.KeyPrefix"/>.</summary>
    public string? KeyPrefix { get; private set; }

    /// <summary><c>timeout</c>: <see cref="MemcachedPoolOptions.OperationTimeout"/>.</summary>
    public TimeSpan? OperationTimeout { get; private set; }

    /// <summary><c>connect-timeout</c>: <see cref="MemcachedPoolOptions.ConnectTimeout"/>.</summary>
    public TimeSpan? ConnectTimeout { get; private set; }

    /// <summary><c>retry-interval</c>: <see cref="MemcachedPoolOptions.RetryInterval"/>.</summary>
    public TimeSpan? RetryInterval { get; private set; }

    /// <summary><c>keep-alive</c>: <see cref="MemcachedPoolOptions.KeepAlive"/>.</summary>
    public TimeSpan? KeepAlive { get; private set; }

    /// <summary><c>connections</c>: <see cref="MemcachedPoolOptions.ConnectionsPerServer"/>.</summary>
    public int? ConnectionsPerServer { get; private set; }

    /// <summary><c>redundancy</c>: <see cref="MemcachedPoolOptions.Redundancy"/>.</summary>
    public int? Redundancy { get; private set; }

    /// <summary><c>zone</c>: <see cref="MemcachedPoolOptions.Zone"/>. The zone of a server stands behind it: <c>cache-1 zone=a</c>.</summary>
    public string? Zone { get; private set; }

    /// <summary><c>spares</c>: <see cref="MemcachedPoolOptions.Spares"/>, written as the servers are.</summary>
    public IReadOnlyList<MemcachedServerOptions>? Spares { get; private set; }

    /// <summary><c>spare-expiry</c>: <see cref="MemcachedPoolOptions.SpareExpiry"/>.</summary>
    public TimeSpan? SpareExpiry { get; private set; }

    /// <summary><c>failover</c>: <see cref="MemcachedPoolOptions.AllowFailover"/>.</summary>
    public bool? AllowFailover { get; private set; }

    /// <summary><c>on-failure</c>: <c>throw</c> or <c>miss</c>, <see cref="MemcachedPoolOptions.OnServerFailure"/>.</summary>
    public ServerFailurePolicy? OnServerFailure { get; private set; }

    /// <summary>Reads a connection string.</summary>
    /// <param name="connectionString">The text.</param>
    /// <exception cref="ArgumentException">It is malformed; the message names the part and the fix, and shows no password.</exception>
    /// <remarks>A source of servers is not asked for anything here.</remarks>
    public static MemcachedConnectionString Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var text = connectionString.Trim();
        var parsed = ConnectionUri.TryParse(text) is { } uri ? From(uri) : FromList(text);
        parsed.ThrowIfHalfLogin();
        return parsed;
    }

    /// <summary>Creates the options of a pool: those of the preset, with what the text says. They are not validated yet.</summary>
    public MemcachedPoolOptions ToOptions()
    {
        var options = MemcachedPoolOptions.For(Preset ?? MemcachedPreset.Default);
        foreach (var server in Servers)
        {
            options.Servers.Add(server);
        }

        options.Discovery = Discovery is null ? null : ServerDiscovery.Parse(Discovery);
        if (HashStrategy is { } strategy)
        {
            options.HashStrategy = Factory(strategy);
            options.HashFunction = HashFunctions.Crc32;
        }

        foreach (var spare in Spares ?? [])
        {
            options.Spares.Add(spare);
        }

        options.Zone = Zone ?? options.Zone;
        options.SpareExpiry = SpareExpiry ?? options.SpareExpiry;
        options.Credentials = User is null ? null : new MemcachedCredentials(User, Password!);
        options.Tls = Tls == true ? new MemcachedTlsOptions() : null;
        options.Protocol = Protocol ?? options.Protocol;
        options.KeyPrefix = KeyPrefix ?? options.KeyPrefix;
        options.OperationTimeout = OperationTimeout ?? options.OperationTimeout;
        options.ConnectTimeout = ConnectTimeout ?? options.ConnectTimeout;
        options.RetryInterval = RetryInterval ?? options.RetryInterval;
        options.KeepAlive = KeepAlive ?? options.KeepAlive;
        options.ConnectionsPerServer = ConnectionsPerServer ?? options.ConnectionsPerServer;
        options.Redundancy = Redundancy ?? options.Redundancy;
        options.AllowFailover = AllowFailover ?? options.AllowFailover;
        options.OnServerFailure = OnServerFailure ?? options.OnServerFailure;
        return options;
    }

    /// <summary>The servers, and whether there is a login, for logs. The password is not shown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Discovery);
        foreach (var server in Servers)
        {
            text.Append(text.Length == 0 ? "" : ", ").Append(server.Name);
        }

        if (User is not null)
        {
            text.Append("; user=").Append(User).Append("; password=***");
        }

        return text.ToString();
    }

    private static HashStrategyFactory Factory(MemcachedHashStrategy strategy) => strategy switch
    {
        MemcachedHashStrategy.Standard => HashStrategies.Standard,
        MemcachedHashStrategy.Rendezvous => HashStrategies.Rendezvous,
        _ => HashStrategies.Consistent,
    };

    private static MemcachedConnectionString From(ConnectionUri uri)
    {
        var list = DiscoveryList.Split(uri.Servers);
        var parsed = new MemcachedConnectionString(list.Servers is null ? [] : ServerList.ParseUri(list.Servers))
        {
            Discovery = list.Source,
            User = uri.User,
            Password = uri.Password,
            KeyPrefix = uri.Prefix.Length == 0 ? null : uri.Prefix,
            Tls = uri.IsSecure ? true : null,
        };
        foreach (var setting in uri.Settings)
        {
            parsed.Set(setting, mayShow: true);
        }

        return parsed;
    }

    private static MemcachedConnectionString From(DiscoveryList list) =>
        new(list.Servers is null ? [] : ServerList.Parse(list.Servers)) { Discovery = list.Source };

    private static MemcachedConnectionString FromList(string text)
    {
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        var servers = semicolon < 0 ? text : text[..semicolon];
        if (BeginsWithSetting(servers))
        {
            throw ConnectionStringMistakes.SettingFirst();
        }

        var parsed = From(DiscoveryList.Split(servers));
        var settings = new SettingTextReader(text, servers.Length);
        while (settings.Read() is { } setting)
        {
            parsed.Set(setting, settings.MayShow);
            if (!setting.IsQuoted && Normalize(setting.Name) == "password")
            {
                settings.Conceal();
            }
        }

        return parsed;
    }

    // The weight of a server stands behind a blank.
    private static bool BeginsWithSetting(string servers)
    {
        var end = servers.AsSpan().IndexOfAny("=, \t");
        return end >= 0 && servers[end] == '=';
    }

    private static string Normalize(string name) => name.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private void Set(SettingText setting, bool mayShow)
    {
        var value = new SettingValue(setting.Name, setting.Value, mayShow);
        switch (Normalize(setting.Name))
        {
            case "user":
                User = value.Once(User, setting.Value);
                break;
            case "password":
                Password = value.Once(Password, setting.Value);
                break;
            case "tls":
                Tls = value.Once(Tls, value.AsBoolean());
                break;
            case "prefix" or "keyprefix":
                KeyPrefix = value.Once(KeyPrefix, setting.Value);
                break;
            case "preset":
                Preset = value.Once(Preset, value.AsPreset());
                break;
            case "hash" or "hashstrategy":
                HashStrategy = value.Once(HashStrategy, value.AsHashStrategy());
                break;
            case "protocol":
                Protocol = value.Once(Protocol, value.AsProtocol());
                break;
            case "timeout" or "operationtimeout":
                OperationTimeout = value.Once(OperationTimeout, value.AsTime());
                break;
            case "connecttimeout":
                ConnectTimeout = value.Once(ConnectTimeout, value.AsTime());
                break;
            case "retryinterval":
                RetryInterval = value.Once(RetryInterval, value.AsTime());
                break;
            case "keepalive":
                KeepAlive = value.Once(KeepAlive, value.AsTime());
                break;
            case "connections" or "connectionsperserver":
                ConnectionsPerServer = value.Once(ConnectionsPerServer, value.AsNumber());
                break;
            case "redundancy":
                Redundancy = value.Once(Redundancy, value.AsNumber());
                break;
            case "zone":
                Zone = value.Once(Zone, setting.Value);
                break;
            case "spares":
                Spares = value.Once(Spares, value.AsServers());
                break;
            case "spareexpiry":
                SpareExpiry = value.Once(SpareExpiry, value.AsTime());
                break;
            case "failover" or "allowfailover":
                AllowFailover = value.Once(AllowFailover, value.AsBoolean());
                break;
            case "onfailure" or "onserverfailure":
                OnServerFailure = value.Once(OnServerFailure, value.AsFailurePolicy());
                break;
            default:
                throw ConnectionStringMistakes.Unknown(mayShow ? setting.Name : null);
        }
    }

    private void ThrowIfHalfLogin()
    {
        if (User is null != Password is null)
        {
            throw User is null ? ConnectionStringMistakes.Alone("password", "user") : ConnectionStringMistakes.Alone("user", "password");
        }
    }
}

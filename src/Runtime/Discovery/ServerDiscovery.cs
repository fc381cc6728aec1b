using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using TypedCache.Discovery;
using TypedCache.Pool;

namespace TypedCache;

/// <summary>Sources of servers, for <see cref="MemcachedPoolOptions.Discovery"/>.</summary>
public static class ServerDiscovery
{
    internal const string ElastiCachePrefix = "config:";
    internal const string DnsPrefix = "dns+";
    internal const string DnsServicePrefix = "dnssrv+";

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly ConcurrentDictionary<string, Func<string, IServerDiscovery>> Added = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The nodes of a cluster of Amazon ElastiCache or Google Memorystore, which it names itself (<c>config get cluster</c>). The endpoint is
    /// asked at first, and whenever no node answers; else the nodes are, in turn. It need not be a node.
    /// </summary>
    /// <param name="endpoint">The configuration endpoint or discovery endpoint, as <c>host:port</c>. Without a port: 11211.</param>
    /// <param name="pollInterval">The time from one answer to the next question, at least 1 second. Default: 1 minute.</param>
    /// <param name="tls">How the connections of the questions are encrypted. Default: as the pool's.</param>
    /// <remarks>
    /// The nodes are hashed by their host names, as other clients have them in their lists, and connected by their addresses first
    /// (<see cref="MemcachedServerOptions.Address"/>). A question that fails is asked three times, half a second apart, each for at most
    /// <see cref="MemcachedPoolOptions.ConnectTimeout"/>; then again after 1 second, 2, 4 and so on, up to the interval.
    /// </remarks>
    /// <exception cref="ArgumentException">The endpoint is malformed, or the interval too short.</exception>
    public static IServerDiscovery ElastiCache(string endpoint, TimeSpan? pollInterval = null, MemcachedTlsOptions? tls = null)
    {
        var interval = pollInterval ?? TimeSpan.FromMinutes(1);
        CheckInterval(interval, TimeSpan.FromSeconds(1), nameof(pollInterval));
        return new ElastiCacheDiscovery(One(endpoint, nameof(endpoint)), interval, tls);
    }

    /// <summary>
    /// The addresses that a name has in DNS, such as that of a headless service of Kubernetes. Each is a server, and is hashed by its address:
    /// another pod is another cache. If there are IPv4 addresses, those of IPv6 are left out, since they are of the same machines.
    /// </summary>
    /// <param name="endpoint">The name and the port of every server, as <c>host:port</c>. Without a port: 11211.</param>
    /// <param name="pollInterval">The time from one answer to the next question, at least 5 seconds. Default: 15 seconds.</param>
    /// <remarks>
    /// Another answer than before holds once it has come twice in a row, 5 seconds apart; an empty one never does. The addresses are sorted.
    /// </remarks>
    /// <exception cref="ArgumentException">The endpoint is malformed, or the interval too short.</exception>
    public static IServerDiscovery Dns(string endpoint, TimeSpan? pollInterval = null) => Resolve(endpoint, pollInterval, System.Net.Dns.GetHostAddresses);

    /// <summary>
    /// Servers that are asked for at intervals, wherever they are listed. Another answer than before holds once it has come twice in a row, 5
    /// seconds apart; an empty one never does. A question that fails is asked again after 1 second, 2, 4 and so on, up to the interval.
    /// </summary>
    /// <param name="name">The source's name in messages and logs.</param>
    /// <param name="ask">Gives all servers, in an order that depends on nothing but them. It may throw.</param>
    /// <param name="pollInterval">The time from one answer to the next question, more than zero.</param>
    /// <exception cref="ArgumentException">The name is empty, or the interval not more than zero.</exception>
    public static IServerDiscovery Poll(string name, Func<CancellationToken, Task<IReadOnlyList<MemcachedServerOptions>>> ask, TimeSpan pollInterval)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(ask);
        TimeSetting.ThrowIfNotPositive(pollInterval, nameof(pollInterval));
        return new PollingDiscovery(name, (_, cancellationToken) => ask(cancellationToken), pollInterval);
    }

    /// <summary>
    /// Reads a source as connection strings have it: <c>config:host:port</c> (<see cref="ElastiCache"/>), <c>dns+host:port</c>
    /// (<see cref="Dns"/>), or one with a prefix of <see cref="AddPrefix"/>.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <exception cref="ArgumentException">It is none; the message says what it lacks.</exception>
    public static IServerDiscovery Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var text = source.Trim();
        foreach (var (prefix, create) in Added)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return create(text[prefix.Length..]);
            }
        }

        return text.StartsWith(ElastiCachePrefix, StringComparison.OrdinalIgnoreCase) ? ElastiCache(text[ElastiCachePrefix.Length..])
            : text.StartsWith(DnsPrefix, StringComparison.OrdinalIgnoreCase) ? Dns(text[DnsPrefix.Length..])
            : throw Unknown(text);
    }

    /// <summary>Lets connection strings and settings of the process name sources of another kind.</summary>
    /// <param name="prefix">How they begin: letters, and a plus sign or a colon at the end, such as <c>consul+</c>.</param>
    /// <param name="create">Makes a source from what follows the prefix. It throws <see cref="ArgumentException"/> for what it does not take.</param>
    /// <exception cref="ArgumentException">The prefix has another form.</exception>
    public static void AddPrefix(string prefix, Func<string, IServerDiscovery> create)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(create);
        if (prefix.Length < 2 || prefix[^1] is not ('+' or ':') || prefix.AsSpan(0, prefix.Length - 1).ContainsAnyExcept(Letters) || prefix is "unix:")
        {
            throw new ArgumentException($"'{HostText.Shown(prefix)}' is not a prefix. Use letters, and a plus sign or a colon at the end: consul+.", nameof(prefix));
        }

        Added[prefix] = create;
    }

    /// <summary>Forgets a prefix.</summary>
    internal static void RemovePrefix(string prefix) => Added.TryRemove(prefix, out _);

    /// <summary>Whether a text, one of a list that commas separate, names a source and not a server.</summary>
    internal static bool IsSource(string text)
    {
        foreach (var prefix in Added.Keys)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return ServerList.NamesDiscovery(text);
    }

    /// <inheritdoc cref="Dns"/>
    /// <param name="endpoint">The name and the port.</param>
    /// <param name="pollInterval">The time from one answer to the next question.</param>
    /// <param name="resolve">Asks the system.</param>
    internal static IServerDiscovery Resolve(string endpoint, TimeSpan? pollInterval, Func<string, IPAddress[]> resolve)
    {
        var interval = pollInterval ?? TimeSpan.FromSeconds(15);
        CheckInterval(interval, PollingDiscovery.ShortestInterval, nameof(pollInterval));
        return new DnsDiscovery(One(endpoint, nameof(endpoint)), interval, resolve);
    }

    private static ArgumentException Unknown(string text) => new(text.StartsWith(DnsServicePrefix, StringComparison.OrdinalIgnoreCase)
        ? $"'{HostText.Shown(text)}' needs the package TypedCache.Discovery.Dns: add it, and call DnsServiceDiscovery.Register() when the application starts."
        : $"'{HostText.Shown(text)}' is not a source of servers. Write config:host:port for ElastiCache and Memorystore, or dns+host:port.");

    private static MemcachedServerOptions One(string endpoint, string name)
    {
        ArgumentNullException.ThrowIfNull(endpoint, name);
        var servers = ServerList.Parse(endpoint);
        return servers is [{ IsUnixSocket: false, Weight: 1 } server]
            ? server
            : throw new ArgumentException($"'{HostText.Shown(endpoint)}' is not an endpoint. Write one host:port.", name);
    }

    private static void CheckInterval(TimeSpan interval, TimeSpan shortest, string name)
    {
        TimeSetting.ThrowIfNotPositive(interval, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, shortest, name);
    }
}

using System.Collections.Concurrent;

namespace TypedCache;

/// <summary>Servers from SRV records of DNS (RFC 2782), for <see cref="MemcachedPoolOptions.Discovery"/>.</summary>
public static class DnsServiceDiscovery
{
    private const string Prefix = "dnssrv+";

    /// <summary>
    /// Makes <c>dnssrv+_memcached._tcp.name</c> known to connection strings, settings and <see cref="ServerDiscovery.Parse"/>. Call it once,
    /// before the first pool is created.
    /// </summary>
    /// <param name="options">How records are asked for; read now.</param>
    /// <exception cref="ArgumentException">A setting is not valid.</exception>
    public static void Register(DnsServiceDiscoveryOptions? options = null)
    {
        var records = new ServiceRecords(options ?? new DnsServiceDiscoveryOptions());

        // The same text is the same source, so that settings that are loaded again do not begin anew.
        var known = new ConcurrentDictionary<string, IServerDiscovery>(StringComparer.OrdinalIgnoreCase);
        ServerDiscovery.AddPrefix(Prefix, service => known.GetOrAdd(service.Trim(), records.Follow));
    }

    /// <summary>
    /// The targets of the SRV records of a service, sorted by name. Each is hashed by its name, with the port of its record; priorities and
    /// weights are not used.
    /// </summary>
    /// <param name="service">The service, such as <c>_memcached._tcp.cache.default.svc.cluster.local</c>.</param>
    /// <param name="options">How records are asked for; read now.</param>
    /// <exception cref="ArgumentException">The name is not one of DNS, or a setting is not valid.</exception>
    public static IServerDiscovery Create(string service, DnsServiceDiscoveryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        return new ServiceRecords(options ?? new DnsServiceDiscoveryOptions()).Follow(service.Trim());
    }
}

using System.Buffers;
using System.Globalization;
using DnsClient;
using DnsClient.Protocol;

namespace TypedCache;

/// <summary>Asks for SRV records.</summary>
internal sealed class ServiceRecords
{
    private const int LongestName = 253;

    private static readonly SearchValues<char> InNoName = SearchValues.Create(" ,;:/@|\r\n\t\0");

    private readonly LookupClient _client;
    private readonly TimeSpan _interval;

    /// <summary>Prepares it.</summary>
    /// <exception cref="ArgumentException">A setting is not valid.</exception>
    public ServiceRecords(DnsServiceDiscoveryOptions options)
    {
        options.Validate();
        _interval = options.PollInterval;
        var settings = options.NameServers.Count > 0 ? new LookupClientOptions([.. options.NameServers]) : new LookupClientOptions();

        // Whoever asks at intervals wants what holds now; and an answer cut short is none.
        settings.UseCache = false;
        settings.Timeout = options.Timeout;
        settings.Retries = 1;
        settings.UseTcpFallback = true;
        settings.ThrowDnsErrors = false;
        _client = new LookupClient(settings);
    }

    /// <summary>Makes the source for one service.</summary>
    /// <exception cref="ArgumentException">The name is not one of DNS.</exception>
    public IServerDiscovery Follow(string service)
    {
        if (service.Length is 0 or > LongestName || service.AsSpan().ContainsAny(InNoName))
        {
            throw new ArgumentException("What follows dnssrv+ is not the name of a service. Write dnssrv+_memcached._tcp.name; the port stands in the records.", nameof(service));
        }

        return ServerDiscovery.Poll($"dnssrv+{service}", cancellationToken => AskAsync(service, cancellationToken), _interval);
    }

    private async Task<IReadOnlyList<MemcachedServerOptions>> AskAsync(string service, CancellationToken cancellationToken)
    {
        IDnsQueryResponse answer;
        try
        {
            answer = await _client.QueryAsync(service, QueryType.SRV, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (DnsResponseException exception)
        {
            throw new MemcachedException($"{service} was not answered: {exception.DnsError ?? exception.Message}", exception);
        }

        if (answer.HasError)
        {
            throw new MemcachedException($"{service} was refused: {answer.Header.ResponseCode} ({answer.ErrorMessage}).");
        }

        return answer.Header.ResultTruncated
            ? throw new MemcachedException($"{service} has an answer that was cut short, and the name server does not answer over TCP.")
            : ToServers(answer);
    }

    // DNS gives records in any order, and names in any case.
    private static List<MemcachedServerOptions> ToServers(IDnsQueryResponse answer)
    {
        var servers = new SortedDictionary<string, MemcachedServerOptions>(StringComparer.Ordinal);
        foreach (var record in answer.Answers)
        {
            if (record is SrvRecord service && service.Target.Value.TrimEnd('.').ToLowerInvariant() is { Length: > 0 } host)
            {
                servers[string.Create(CultureInfo.InvariantCulture, $"{host}:{service.Port}")] = new MemcachedServerOptions(host, service.Port);
            }
        }

        return [.. servers.Values];
    }
}

using System.Net;

namespace TypedCache;

/// <summary>How SRV records are asked for.</summary>
public sealed class DnsServiceDiscoveryOptions
{
    /// <summary>The name servers. Empty, the default: those of the machine.</summary>
    public IList<IPEndPoint> NameServers { get; init; } = [];

    /// <summary>The time from one answer to the next question, at least 5 seconds. Default: 15 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a name server may take to answer, 1 millisecond to 1 minute; it is asked twice. Default: 2 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PollInterval, TimeSpan.FromSeconds(5));
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Timeout, TimeSpan.FromMinutes(1));
    }
}

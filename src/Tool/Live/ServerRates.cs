namespace TypedCache.Tool.Live;

/// <summary>What a server did between two looks at it, or all of them together.</summary>
/// <param name="Name">What it is called.</param>
internal sealed record ServerRates(string Name)
{
    /// <summary>Reads in a second.</summary>
    public double Gets { get; init; }

    /// <summary>Reads in a second that found something.</summary>
    public double Hits { get; init; }

    /// <summary>Writes in a second.</summary>
    public double Sets { get; init; }

    /// <summary>Items that made room in a second.</summary>
    public double Evictions { get; init; }

    /// <summary>Bytes in use.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that may be in use.</summary>
    public long Limit { get; init; }

    /// <summary>Items.</summary>
    public long Items { get; init; }

    /// <summary>Open connections.</summary>
    public long Connections { get; init; }

    /// <summary>How long a request takes there and back, in milliseconds; the longest of all servers together; null: not known.</summary>
    public double? Latency { get; init; }

    /// <summary>Why nothing is known; null: it answers.</summary>
    public string? Error { get; init; }

    /// <summary>The share of reads that found something; NaN: there were none.</summary>
    public double HitRate => Gets > 0 ? Hits / Gets : double.NaN;

    /// <summary>What happened between two looks.</summary>
    /// <param name="name">What the server is called.</param>
    /// <param name="before">The look before; null: it did not answer then. A server that has started anew counts from 0.</param>
    /// <param name="now">The look now.</param>
    /// <param name="seconds">How long ago the one before was.</param>
    public static ServerRates Between(string name, ServerSample? before, ServerSample now, double seconds)
    {
        var since = before is null || before.Gets > now.Gets || before.Sets > now.Sets ? now : before;
        return new ServerRates(name)
        {
            Gets = (now.Gets - since.Gets) / seconds,
            Hits = Math.Max(0, now.Hits - since.Hits) / seconds,
            Sets = (now.Sets - since.Sets) / seconds,
            Evictions = Math.Max(0, now.Evictions - since.Evictions) / seconds,
            Bytes = now.Bytes,
            Limit = now.Limit,
            Items = now.Items,
            Connections = now.Connections,
        };
    }

    /// <summary>All servers together.</summary>
    public static ServerRates Sum(IReadOnlyCollection<ServerRates> servers) => new("total")
    {
        Gets = servers.Sum(server => server.Gets),
        Hits = servers.Sum(server => server.Hits),
        Sets = servers.Sum(server => server.Sets),
        Evictions = servers.Sum(server => server.Evictions),
        Bytes = servers.Sum(server => server.Bytes),
        Limit = servers.Sum(server => server.Limit),
        Items = servers.Sum(server => server.Items),
        Connections = servers.Sum(server => server.Connections),
        Latency = servers.Max(server => server.Latency),
    };
}

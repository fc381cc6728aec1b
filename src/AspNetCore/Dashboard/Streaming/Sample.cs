namespace TypedCache.AspNetCore.Dashboard;

/// <summary>What the caches have done up to a moment. Counts are those since the recording began, so that a page may miss samples.</summary>
internal sealed record Sample
{
    /// <summary>Which recording it is of. Counts begin anew with each.</summary>
    public required string Recording { get; init; }

    /// <summary>How long it has been going on.</summary>
    public required double Seconds { get; init; }

    /// <summary>The counts of all templates together, in the order of <see cref="Column"/>.</summary>
    public required long[] Totals { get; init; }

    public required DurationView Reads { get; init; }

    public required DurationView Creates { get; init; }

    public required DurationView LeaseWaits { get; init; }

    /// <summary>How many waits for another process have begun.</summary>
    public required long LeaseWaitCount { get; init; }

    public required CreationView[] Creations { get; init; }

    public required NearView Near { get; init; }

    public required long Failovers { get; init; }

    public required long Failures { get; init; }

    public required long WarmUpReads { get; init; }

    public required PoolView[] Pools { get; init; }

    public required ComparedView[][] Comparisons { get; init; }

    /// <summary>How many templates there are.</summary>
    public required int TemplateCount { get; init; }

    /// <summary>The templates that the page has not heard of: number, client and key.</summary>
    public required TemplateName[] Names { get; init; }

    /// <summary>The templates that have changed: number, and counts in the order of <see cref="Column"/>.</summary>
    public required long[][] Templates { get; init; }
}

/// <summary>The durations of the last seconds, and of all since the recording began.</summary>
internal sealed record DurationView(Quantiles Lately, Quantiles All);

/// <summary>Values that were created for the same reason, and of which the same became.</summary>
internal sealed record CreationView(string Trigger, string Outcome, long Count);

/// <summary>What near caches did, and what they keep.</summary>
internal sealed record NearView(long Hits, long Lookups, long Items, long Bytes);

/// <summary>The durations of one value of a tag.</summary>
internal sealed record ComparedView(string Value, DurationView Durations);

/// <summary>A template, and the number that stands for it.</summary>
internal sealed record TemplateName(long Id, string Client, string Key);

/// <summary>A pool.</summary>
internal sealed record PoolView(string Name, long Version, string Phase, ServerView[] Servers);

/// <summary>A server of a pool. What is null is not known.</summary>
internal sealed record ServerView
{
    public required string Name { get; init; }

    public required string State { get; init; }

    public bool Sick { get; init; }

    public bool Spare { get; init; }

    public string? Zone { get; init; }

    public int Weight { get; init; }

    /// <summary>Why it has failed.</summary>
    public string? Failure { get; init; }

    /// <summary>The share of the keys that belong to it, 0 to 1.</summary>
    public double? Share { get; init; }

    public long? Items { get; init; }

    public long? Bytes { get; init; }

    public long? Limit { get; init; }

    public long? Evictions { get; init; }

    public int Missed { get; init; }

    public long? InFlight { get; init; }

    public long? Received { get; init; }

    public long? Sent { get; init; }

    /// <summary>Operations that it has taken over from others.</summary>
    public long TakenOver { get; init; }

    public long Failures { get; init; }
}

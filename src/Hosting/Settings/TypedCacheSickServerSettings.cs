namespace TypedCache.Hosting;

/// <summary>When servers that are connected but fail their callers are taken out: <see cref="SickServerOptions"/>.</summary>
public sealed class TypedCacheSickServerSettings
{
    /// <summary>Whether they are. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>From which share of failed calls on: more than 0, at most 1.</summary>
    public double FailureRate { get; set; } = 0.5;

    /// <summary>Over which time calls are counted.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many calls there have to be within that time before a server is judged.</summary>
    public int MinimumCalls { get; set; } = 20;

    /// <summary>Which share of the servers may be out of use when one more is taken out: more than 0, at most 1.</summary>
    public double MaxShareTakenOut { get; set; } = 0.5;

    internal SickServerOptions? ToOptions() => !Enabled ? null : new SickServerOptions
    {
        FailureRate = FailureRate,
        Window = Window,
        MinimumCalls = MinimumCalls,
        MaxShareTakenOut = MaxShareTakenOut,
    };
}

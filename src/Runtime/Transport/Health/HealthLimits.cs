namespace TypedCache.Transport.Health;

/// <summary>From when on a server counts as sick.</summary>
/// <param name="failureRate">The share of failed calls.</param>
/// <param name="window">Over which time they are counted.</param>
/// <param name="minimumCalls">How many calls there have to be.</param>
internal sealed class HealthLimits(double failureRate, TimeSpan window, int minimumCalls)
{
    public TimeSpan Window { get; } = window;

    /// <summary>As how many failed calls the end of one connection counts at most: a restart loses many at once, and is no sickness.</summary>
    public int MaxLostTogether { get; } = Math.Max(1, minimumCalls / 4);

    /// <summary>Whether so many failed ones among so many calls are too many.</summary>
    public bool IsTooMany(long failed, long calls) => failed > 0 && calls >= minimumCalls && failed >= failureRate * calls;
}

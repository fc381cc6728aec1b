namespace Storefront.Load;

/// <summary>What the load generator has seen.</summary>
internal sealed class Tally
{
    private long _errors;
    private long _skipped;

    /// <summary>The answers that came by way of the caches.</summary>
    public Latencies On { get; } = new();

    /// <summary>The pages that came from the database alone.</summary>
    public Latencies Off { get; } = new();

    /// <summary>How many requests failed.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>How many were not sent, because too many waited already.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Why the last one failed.</summary>
    public string? LastError { get; private set; }

    /// <summary>Counts a request that failed.</summary>
    public void Fail(string reason)
    {
        LastError = reason;
        Interlocked.Increment(ref _errors);
    }

    /// <summary>Counts a request that was not sent.</summary>
    public void Skip() => Interlocked.Increment(ref _skipped);
}

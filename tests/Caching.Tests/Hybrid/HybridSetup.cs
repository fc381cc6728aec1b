using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>The options that both implementations have.</summary>
public sealed record HybridSetup
{
    public HybridCacheEntryOptions? DefaultEntryOptions { get; init; }

    public long MaximumPayloadBytes { get; init; } = 1024 * 1024;

    public int MaximumKeyLength { get; init; } = 1024;
}

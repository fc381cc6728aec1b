using TypedCache;

namespace Storefront.Caches;

/// <summary>Counts how often products are looked at.</summary>
/// <param name="cache">The counters.</param>
internal sealed class Views(IViewCache cache)
{
    /// <summary>Counts a visitor.</summary>
    /// <returns>How many there were; null if that cannot be counted now, which is no reason to show no page.</returns>
    public async Task<ulong?> CountAsync(int product, CancellationToken cancellationToken)
    {
        try
        {
            return await cache.Of(product).IncrementAsync(cancellationToken: cancellationToken);
        }
        catch (MemcachedException)
        {
            return null;
        }
    }
}

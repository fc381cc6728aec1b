using Storefront.Shop;
using TypedCache;

namespace Storefront.Caches;

/// <summary>The front pages. They are kept in this process, too: for two seconds no server is asked for them.</summary>
[CacheClient("shop", Expires = "1m", Stale = "10m", FailSafe = "30s", Near = "2s", NearRevalidate = "1m")]
internal partial interface IFrontPageCache
{
    /// <summary>The front page of a region.</summary>
    [CacheKey("front:{region}")]
    ValueTask<FrontPage> GetOrCreateAsync(
        [KeyPart(MaxLength = 2)] string region, Func<string, CancellationToken, ValueTask<FrontPage>> create, CancellationToken cancellationToken = default);
}

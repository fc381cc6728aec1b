using TypedCache;

namespace Storefront.Caches;

/// <summary>How often products are looked at. The servers add, so no two visitors get in each other's way.</summary>
[CacheClient("shop")]
internal partial interface IViewCache
{
    /// <summary>The counter of a product.</summary>
    [CacheKey("views:{product}", Expires = "1d")]
    CacheCounter Of(int product);
}

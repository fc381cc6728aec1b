using Storefront.Shop;
using TypedCache;

namespace Storefront.Caches;

/// <summary>Baskets. They are nowhere else: a server that is lost takes its baskets with it. A shop that must not lose any keeps them in its database, too.</summary>
[CacheClient("shop")]
internal partial interface IBasketCache
{
    /// <summary>The basket of a visitor.</summary>
    [CacheKey("basket:{visitor}", Expires = "2h")]
    CacheEntry<Basket> Of(Guid visitor);
}

public sealed class Basket { public Guid User { get; set; } public List<Line> Lines { get; set; } = []; }
public sealed record Line(int Product, int Quantity);

[CacheClient("basket", Expires = "30m", Stale = "5m", Jitter = "10%")]
public partial interface IBaskets
{
    [CacheKey("basket:{user}")] CacheEntry<Basket> Basket(Guid user);
    [CacheKey("line:{user}:{key}")] CacheEntrySet<int, Line> Lines(Guid user);
    [CacheKey("count:{user}")] CacheCounter Count(Guid user);
}

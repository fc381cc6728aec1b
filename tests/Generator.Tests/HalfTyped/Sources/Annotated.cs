[MessagePackObject]
public sealed class Order
{
    [Key(0)] public int Id { get; set; }
    [Key(1)] public string? Note { get; set; }
    [Key(3)] public Dictionary<string, decimal> Prices { get; set; } = [];
    [IgnoreMember] public object? Tag { get; set; }
}

[CacheClient("orders", Version = 2)]
public partial interface IOrders
{
    [CacheKey("order:{id}")] ValueTask<Order?> GetOrderAsync(int id, CancellationToken ct = default);
    [CacheKey("order:{order.Id}", Expires = "1h")] ValueTask SetOrderAsync(Order order, CancellationToken ct = default);
}

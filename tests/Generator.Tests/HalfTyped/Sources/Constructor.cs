[MessagePackObject]
public sealed class Money
{
    [SerializationConstructor]
    public Money(decimal amount, string currency) { Amount = amount; Currency = currency; }
    [Key(0)] public decimal Amount { get; }
    [Key(1)] public string Currency { get; }
}

[MessagePackObject(keyAsPropertyName: true)]
public sealed record Price(Money Net, Money Gross) { public DateOnly? Until { get; init; } }

[CacheClient]
public partial interface IPrices
{
    [CacheKey("price:{sku}")] ValueTask<Price?> GetPriceAsync([KeyPart(MaxLength = 20)] string sku, CancellationToken ct = default);
    [CacheKey("money:{sku}")] CacheEntry<Money?> Money([KeyPart(MaxLength = 20)] string sku);
}

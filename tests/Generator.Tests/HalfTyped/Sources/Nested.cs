public static partial class Shop
{
    public sealed record Item(int Id) { public sealed class Part { public string Name { get; set; } = ""; } public Part? Main { get; init; } }

    internal partial record struct Inner
    {
        [CacheClient("nested")]
        internal partial interface ICache
        {
            [CacheKey("item:{id}")] ValueTask<Item?> GetItemAsync(int id, CancellationToken ct = default);
            [CacheKey("part:{id}")] ValueTask<Item.Part?> GetPartAsync(int id, CancellationToken ct = default);
        }
    }
}

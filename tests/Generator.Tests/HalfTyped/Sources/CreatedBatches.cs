public readonly record struct Stock(int Count, DateTime At);

[CacheClient("stock")]
public partial interface IStock
{
    [CacheKey("stock:{city}:{ids}", Expires = "1m")]
    ValueTask<IReadOnlyDictionary<int, Stock>> GetOrCreateManyStocksAsync(int city, int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, Stock>>> create, CancellationToken ct = default);
    [CacheKey("stock:{city}:{stocks}", Expires = "1m")] ValueTask SetStocksAsync(int city, IReadOnlyDictionary<int, Stock> stocks, CancellationToken ct = default);
    [CacheKey("stock:{city}:{ids}")] Task<int> DeleteStocksAsync(int city, List<int> ids, CancellationToken ct = default);
}

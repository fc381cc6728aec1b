using System.Collections.Immutable;
using TypedCache.AotSmoke.Values;

namespace TypedCache.AotSmoke;

/// <summary>One pair of methods for each shape of codec.</summary>
[CacheClient("aot-values", Expires = "10m")]
internal partial interface IValueCache
{
    [CacheKey("text:{id}")] ValueTask<string?> GetTextAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("text:{id}")] ValueTask SetTextAsync(int id, string value, CancellationToken cancellationToken = default);

    [CacheKey("bytes:{id}")] ValueTask<byte[]?> GetBytesAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("bytes:{id}")] ValueTask SetBytesAsync(int id, byte[] value, CancellationToken cancellationToken = default);

    [CacheKey("memory:{id}")] ValueTask<ReadOnlyMemory<byte>?> GetMemoryAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("memory:{id}")] ValueTask SetMemoryAsync(int id, ReadOnlyMemory<byte>? value, CancellationToken cancellationToken = default);

    [CacheKey("long:{id}")] ValueTask<long?> GetLongAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("long:{id}")] ValueTask SetLongAsync(int id, long? value, CancellationToken cancellationToken = default);

    [CacheKey("double:{id}")] ValueTask<double?> GetDoubleAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("double:{id}")] ValueTask SetDoubleAsync(int id, double? value, CancellationToken cancellationToken = default);

    [CacheKey("bool:{id}")] ValueTask<bool?> GetBoolAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("bool:{id}")] ValueTask SetBoolAsync(int id, bool? value, CancellationToken cancellationToken = default);

    [CacheKey("guid:{id}")] ValueTask<Guid?> GetGuidAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("guid:{id}")] ValueTask SetGuidAsync(int id, Guid? value, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")] ValueTask<Product?> GetProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")] ValueTask SetProductAsync(int id, Product value, CancellationToken cancellationToken = default);

    [CacheKey("customer:{id}")] ValueTask<Customer?> GetCustomerAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("customer:{id}")] ValueTask SetCustomerAsync(int id, Customer value, CancellationToken cancellationToken = default);

    [CacheKey("counted:{id}")] ValueTask<Counted?> GetCountedAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("counted:{id}")] ValueTask SetCountedAsync(int id, Counted value, CancellationToken cancellationToken = default);

    [CacheKey("account:{id}")] ValueTask<Account?> GetAccountAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("account:{id}")] ValueTask SetAccountAsync(int id, Account value, CancellationToken cancellationToken = default);

    [CacheKey("temperature:{id}")] ValueTask<Temperature?> GetTemperatureAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("temperature:{id}")] ValueTask SetTemperatureAsync(int id, Temperature? value, CancellationToken cancellationToken = default);

    [CacheKey("shape:{id}")] ValueTask<IShape?> GetShapeAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("shape:{id}")] ValueTask SetShapeAsync(int id, IShape value, CancellationToken cancellationToken = default);

    [CacheKey("tree:{id}")] ValueTask<Tree?> GetTreeAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("tree:{id}")] ValueTask SetTreeAsync(int id, Tree value, CancellationToken cancellationToken = default);

    [CacheKey("page:{id}")] ValueTask<Page<Part>?> GetPageAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("page:{id}")] ValueTask SetPageAsync(int id, Page<Part> value, CancellationToken cancellationToken = default);

    [CacheKey("tuple:{id}")] ValueTask<(int Id, string? Name, Level[] Levels)?> GetTupleAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("tuple:{id}")] ValueTask SetTupleAsync(int id, (int Id, string? Name, Level[] Levels)? value, CancellationToken cancellationToken = default);

    [CacheKey("leaves:{id}")] ValueTask<Leaves?> GetLeavesAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("leaves:{id}")] ValueTask SetLeavesAsync(int id, Leaves value, CancellationToken cancellationToken = default);

    [CacheKey("collections:{id}")] ValueTask<Collections?> GetCollectionsAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("collections:{id}")] ValueTask SetCollectionsAsync(int id, Collections value, CancellationToken cancellationToken = default);

    [CacheKey("list:{id}")] ValueTask<ImmutableList<KeyValuePair<string, int>>?> GetListAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("list:{id}")] ValueTask SetListAsync(int id, ImmutableList<KeyValuePair<string, int>> value, CancellationToken cancellationToken = default);

    [CacheKey("ids:{id}")] ValueTask<Ids?> GetIdsAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("ids:{id}")] ValueTask SetIdsAsync(int id, Ids value, CancellationToken cancellationToken = default);

    [CacheKey("week:{week}:{ticket}:{share}")] CacheEntry<Week?> Plan(Week week, Ticket ticket, Percent share);

    [CacheKey("names:{customers.Value:X4}")]
    ValueTask SetNamesAsync(IReadOnlyDictionary<CustomerId, string> customers, CancellationToken cancellationToken = default);

    [CacheKey("names:{customers.Value:X4}")]
    ValueTask<IReadOnlyDictionary<CustomerId, string>> GetNamesAsync(IReadOnlyList<CustomerId> customers, CancellationToken cancellationToken = default);
}

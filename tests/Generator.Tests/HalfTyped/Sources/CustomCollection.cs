public sealed class Names : Collection<string>;
public sealed class Index : Dictionary<string, int> { public string? Title { get; set; } }
public sealed class Values(IEnumerable<int> values) : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator() => values.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

[CacheClient("lists")]
public partial interface ILists
{
    [CacheKey("names:{id}")] ValueTask<Names?> GetNamesAsync(int id, CancellationToken ct = default);
    [CacheKey("index:{id}")] ValueTask<Index?> GetIndexAsync(int id, CancellationToken ct = default);
    [CacheKey("values:{id}")] ValueTask<Values?> GetValuesAsync(int id, CancellationToken ct = default);
}

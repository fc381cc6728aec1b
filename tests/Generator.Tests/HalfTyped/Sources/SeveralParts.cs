[CacheClient("parts")]
public partial interface IParts
{
    [CacheKey("a:{id}")] ValueTask<string?> GetOneAsync(int id, CancellationToken ct = default);
}
partial interface IParts
{
    const string Template = "b:{id}";
    [CacheKey(Template)] ValueTask<string?> GetTwoAsync(int id, CancellationToken ct = default);
    [CacheKey("c:" + "{id}")] ValueTask<string?> GetThreeAsync(int id, CancellationToken ct = default);
    static string Describe(int id) => Keys.One(id);
}

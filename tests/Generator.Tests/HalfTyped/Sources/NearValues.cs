[Union(0, typeof(Circle))] public abstract record Shape(int Id);
public record Circle(int Id, double Radius, ImmutableArray<Shape> Inner) : Shape(Id);
[System.ComponentModel.ImmutableObject(true)] public sealed class Tags(List<string> all) { public List<string> All { get; } = all; public int Count() => all.Count; }

[CacheClient("shapes", Expires = "1h", Stale = "5m", Near = "2s", NearRevalidate = "5m")]
public partial interface IShapes
{
    [CacheKey("shape:{id}")] ValueTask<Shape?> GetShapeAsync(int id, CancellationToken ct = default);
    [CacheKey("shape:{ids}")] ValueTask<IReadOnlyDictionary<int, Shape>> GetShapesAsync(int[] ids, CancellationToken ct = default);
    [CacheKey("tags:{id}", Near = "500ms", NearRevalidate = "0s")] CacheEntry<Tags> Tags(int id);
}

[Union(0, typeof(Circle))]
[Union(1, typeof(Square))]
public interface IShape { double Area { get; } }
[MessagePackObject] public sealed class Circle : IShape { [Key(0)] public double Radius { get; set; } [IgnoreMember] public double Area => Radius * Radius * 3; }
[MessagePackObject] public sealed class Square : IShape { [Key(0)] public double Side { get; set; } [IgnoreMember] public double Area => Side * Side; }

[CacheClient("shapes")]
public partial interface IShapes
{
    [CacheKey("shape:{id}")] ValueTask<IShape?> GetShapeAsync(int id, CancellationToken ct = default);
    [CacheKey("shapes:{id}")] ValueTask<IShape[]?> GetShapesAsync(int id, CancellationToken ct = default);
}

public record Point(int X, int Y);
public record Point3(int X, int Y, int Z) : Point(X, Y) { public double Length => X; public string Label { get; init; } = "p"; }
public record Line(Point From, Point To, params string[] Tags);
public record Empty;
public record struct Pair(int Left = 1, int Right = 2);

[CacheClient("points")]
public partial interface IPoints
{
    [CacheKey("p:{id}")] ValueTask<Point3?> GetPointAsync(int id, CancellationToken ct = default);
    [CacheKey("l:{id}")] ValueTask<Line?> GetLineAsync(int id, CancellationToken ct = default);
    [CacheKey("e:{id}")] ValueTask<Empty?> GetEmptyAsync(int id, CancellationToken ct = default);
    [CacheKey("q:{id}")] ValueTask<Pair?> GetPairAsync(int id, CancellationToken ct = default);
}

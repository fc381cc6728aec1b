public struct Point { public int X { get; set; } public int Y; }
public readonly struct Size(int width, int height) { public int Width { get; } = width; public int Height { get; } = height; }
public record struct Area(Point At, Size Size);
public readonly record struct Sku(string Text) : IUtf8SpanFormattable
{
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => Encoding.UTF8.TryGetBytes(Text, utf8Destination, out bytesWritten);
}

[CacheClient("areas")]
public partial interface IAreas
{
    [CacheKey("area:{sku}")] ValueTask<Area?> GetAreaAsync(Sku sku, CancellationToken ct = default);
    [CacheKey("point:{at.X}:{at.Y}")] ValueTask<Point?> GetPointAsync(Point at, CancellationToken ct = default);
}

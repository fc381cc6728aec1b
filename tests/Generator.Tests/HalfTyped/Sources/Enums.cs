public enum Color : byte { Red = 1, Green, [Obsolete] Blue, Rot = Red }
[Flags] public enum Rights { None = 0, Read = 1 << 0, Write = 1 << 1, All = Read | Write }
public sealed record Paint(Color Color, Rights? Rights, Dictionary<Color, int> Stock);

[CacheClient("paint")]
public partial interface IPaints
{
    [CacheKey("paint:{color}")] ValueTask<Paint?> GetPaintAsync(Color color, CancellationToken ct = default);
    [CacheKey("paint:{colors}")] ValueTask<IDictionary<Color, Paint>> GetPaintsAsync(Color[] colors, CancellationToken ct = default);
    [CacheKey("rights:{rights:D}:{color:G}")] ValueTask<Rights?> GetRightsAsync(Rights rights, Color? color, CancellationToken ct = default);
}

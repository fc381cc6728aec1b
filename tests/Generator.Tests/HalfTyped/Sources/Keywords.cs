public sealed class @class { public int @int { get; set; } public string? @event { get; init; } public @enum @default { get; set; } }
public enum @enum { @true, @false }

[CacheClient("words")]
public partial interface @interface
{
    [CacheKey("w:{class}:{@enum}")] ValueTask<@class?> GetAsync(int @class, @enum @enum, CancellationToken @default = default);
    [CacheKey("x:{events}")] ValueTask<Dictionary<int, @class>> GetManyAsync(int[] events, CancellationToken @default = default);
}

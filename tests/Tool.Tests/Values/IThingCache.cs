using MessagePack;

namespace TypedCache.Tool.Tests.Values;

/// <summary>Values of many kinds, written by generated codecs.</summary>
[CacheClient("things", Expires = "1h", Stale = "10m")]
public partial interface IThingCache
{
    [CacheKey("thing:{id}")]
    ValueTask SetThingAsync(int id, Thing value, CancellationToken ct = default);

    [CacheKey("tagged:{id}"), CacheTag("maker:{value.Name}"), CacheTag("all:{id}")]
    ValueTask SetTaggedAsync(int id, Part value, CancellationToken ct = default);

    [CacheTag("maker:{name}")]
    ValueTask InvalidateMakerAsync(string name, CancellationToken ct = default);

    [CacheTag("all:{id}")]
    ValueTask InvalidateAllAsync(int id, CancellationToken ct = default);

    [CacheKey("count:{id}")]
    ValueTask<ulong> IncrementCountAsync(int id, CancellationToken ct = default);

    [CacheKey("count:{id}")]
    ValueTask<ulong?> GetCountAsync(int id, CancellationToken ct = default);

    [CacheKey("log:{id}")]
    ValueTask SetLogAsync(int id, string value, CancellationToken ct = default);

    [CacheKey("log:{id}")]
    ValueTask<bool> AppendLogAsync(int id, string value, CancellationToken ct = default);

    [CacheKey("text:{id}")]
    ValueTask SetTextAsync(Guid id, string value, CancellationToken ct = default);

    [CacheKey("lazy:{id}")]
    ValueTask<string> GetOrCreateLazyAsync(int id, Func<CancellationToken, ValueTask<string>> create, CancellationToken ct = default);

    [CacheKey("lazy:{id}")]
    ValueTask InvalidateLazyAsync(int id, CancellationToken ct = default);
}

/// <summary>A value with a member of each kind.</summary>
[MessagePackObject]
public sealed record Thing
{
    [Key(0)] public int Id { get; init; }

    [Key(1)] public Color Color { get; init; }

    [Key(2)] public Sides Sides { get; init; }

    [Key(4)] public DateOnly Day { get; init; }

    [Key(5)] public DateTime At { get; init; }

    [Key(6)] public DateTimeOffset Offset { get; init; }

    [Key(7)] public TimeSpan For { get; init; }

    [Key(8)] public Guid Owner { get; init; }

    [Key(9)] public decimal Price { get; init; }

    [Key(10)] public byte[] Hash { get; init; } = [];

    [Key(11)] public IReadOnlyList<Part> Parts { get; init; } = [];

    [Key(12)] public IReadOnlyDictionary<string, int> Stock { get; init; } = new Dictionary<string, int>();

    [Key(13)] public (int, string) Pair { get; init; }

    [Key(14)] public IShape? Shape { get; init; }

    [Key(15)] public string? Missing { get; init; }

    [Key(16)] public float Weight { get; init; }

    [Key(17)] public bool Ready { get; init; }

    [Key(18)] public int[,] Grid { get; init; } = new int[0, 0];

    [Key(19)] public ulong Large { get; init; }
}

/// <summary>A value that is stored by name.</summary>
public sealed record Part(string Name, int? Size);

public enum Color
{
    Red = 1,
    Blue = 2,
}

[Flags]
public enum Sides
{
    None = 0,
    Left = 1,
    Right = 2,
    Top = 4,
    Both = Left | Right,
}

[Union(0, typeof(Circle))]
[Union(1, typeof(Square))]
public interface IShape;

[MessagePackObject]
public sealed record Circle([property: Key(0)] double Radius) : IShape;

[MessagePackObject]
public sealed record Square([property: Key(0)] double Side) : IShape;

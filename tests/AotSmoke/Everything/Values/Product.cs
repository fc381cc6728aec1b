using MessagePack;

namespace TypedCache.AotSmoke.Values;

/// <summary>An object with numbers as keys, gaps between them, and other objects inside.</summary>
[MessagePackObject]
public sealed class Product
{
    [Key(0)]
    public int Id { get; set; }

    [Key(1)]
    public required string Name { get; set; }

    [Key(3)]
    public decimal? Price { get; init; }

    [Key(4)]
    public List<string> Tags { get; set; } = [];

    [Key(7)]
    public Level Level { get; set; }

    [Key(8)]
    public Part? Part { get; set; }

    [IgnoreMember]
    public int Cached { get; set; }
}

public enum Level : byte
{
    Low,
    High = 200,
}

[MessagePackObject]
public readonly record struct Part([property: Key(0)] Guid Id, [property: Key(1)] double Weight);

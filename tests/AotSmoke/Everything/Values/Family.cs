using MessagePack;

namespace TypedCache.AotSmoke.Values;

/// <summary>A union of a class, a record and a struct.</summary>
[Union(0, typeof(Circle))]
[Union(3, typeof(Square))]
[Union(7, typeof(Dot))]
public interface IShape;

[MessagePackObject]
public sealed class Circle : IShape
{
    [Key(0)]
    public double Radius { get; set; }
}

[MessagePackObject(keyAsPropertyName: true)]
public sealed record Square(int Side) : IShape;

[MessagePackObject]
public struct Dot : IShape
{
    [Key(0)]
    public int X { get; set; }
}

/// <summary>A type which contains itself.</summary>
public sealed record Tree(string Name, IReadOnlyList<Tree> Branches);

/// <summary>A generic type; each construction has a codec of its own.</summary>
public sealed class Page<T>
{
    public IReadOnlyList<T> Items { get; init; } = [];

    public int? Total { get; init; }
}

using MessagePack;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>A small object, as a list in a shop shows it.</summary>
[MessagePackObject]
public sealed record Item(
    [property: Key(0)] int Id,
    [property: Key(1)] string Name,
    [property: Key(2)] double Price,
    [property: Key(3)] bool InStock);

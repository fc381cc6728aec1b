using System.ComponentModel;
using System.Text.Json.Serialization;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>A type that its holder may change.</summary>
public sealed class Basket
{
    public string? Owner { get; set; }

    public List<int> Items { get; set; } = [];

    [JsonIgnore]
    public string? NotStored { get; set; }
}

/// <summary>A type that says that nobody changes it.</summary>
[ImmutableObject(true)]
public sealed record Price(decimal Amount, string Currency);

/// <summary>A type that has fields alone.</summary>
#pragma warning disable CA1051 // That is what it is for.
public struct Point
{
    public int X;
    public int Y;
}
#pragma warning restore CA1051

/// <summary>A type whose properties hold types that have fields alone.</summary>
public sealed record Route(string Name, List<Point> Points, (int From, string To) Ends);

[JsonSerializable(typeof(Price))]
internal sealed partial class PriceJson : JsonSerializerContext;

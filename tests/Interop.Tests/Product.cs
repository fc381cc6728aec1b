using MessagePack;

namespace TypedCache.Interop.Tests;

/// <summary>What PHP keeps as an array by name.</summary>
[MessagePackObject]
public sealed class Product
{
    [Key("id")]
    public int Id { get; set; }

    [Key("name")]
    public string Name { get; set; } = "";

    [Key("price")]
    public double Price { get; set; }

    [Key("tags")]
    public List<string> Tags { get; set; } = [];

    [Key("stock")]
    public Dictionary<int, int> Stock { get; set; } = [];
}

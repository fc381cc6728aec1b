using MessagePack;

namespace Storefront.Shop;

/// <summary>What a visitor wants to buy.</summary>
/// <param name="Lines">The products, in the order in which they came in.</param>
/// <param name="Change">Tells the last change from all others.</param>
[MessagePackObject]
internal sealed record Basket([property: Key(0)] BasketLine[] Lines, [property: Key(1)] Guid Change)
{
    private const int MostLines = 50;
    private const int MostOfOne = 99;

    /// <summary>Nothing.</summary>
    public static Basket Empty { get; } = new([], Guid.Empty);

    /// <summary>How many things are in it.</summary>
    [IgnoreMember]
    public int Count => Lines.Sum(line => line.Quantity);

    /// <summary>With more of a product, up to 99 of it; of more than 50 products the first leaves.</summary>
    public Basket Add(int product, string name, int quantity)
    {
        var before = Lines.FirstOrDefault(line => line.Product == product)?.Quantity ?? 0;
        return Set(product, name, before + quantity);
    }

    /// <summary>With so many of a product; 0 takes it out.</summary>
    public Basket Set(int product, string name, int quantity)
    {
        var line = new BasketLine(product, name, Math.Clamp(quantity, 0, MostOfOne));
        var at = Array.FindIndex(Lines, other => other.Product == product);
        BasketLine[] lines = at < 0 ? [.. Lines, line] : [.. Lines[..at], line, .. Lines[(at + 1)..]];
        return this with { Lines = [.. lines.Where(static line => line.Quantity > 0).TakeLast(MostLines)] };
    }
}

/// <summary>A product in a basket.</summary>
/// <param name="Product">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Quantity">How many.</param>
[MessagePackObject]
internal sealed record BasketLine([property: Key(0)] int Product, [property: Key(1)] string Name, [property: Key(2)] int Quantity);

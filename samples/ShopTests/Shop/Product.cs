namespace ShopTests.Shop;

/// <summary>Something that the shop sells.</summary>
public sealed record Product(int Id, string Name, decimal Price);

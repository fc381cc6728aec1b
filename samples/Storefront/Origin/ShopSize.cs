namespace Storefront.Origin;

/// <summary>How large the shop is.</summary>
/// <param name="Products">How many products it has, no multiple of 7919.</param>
internal sealed record ShopSize(int Products)
{
    /// <summary>That of the sample.</summary>
    public static ShopSize Default { get; } = new(20_000);

    /// <summary>About how many reviews there are.</summary>
    public int Reviews => Products * 6;
}

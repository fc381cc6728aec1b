using System.Globalization;

namespace Storefront.Shop;

/// <summary>A country that the shop delivers to, with prices of its own.</summary>
/// <param name="Code">The ISO 3166-1 code of the country, such as <c>JP</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Currency">The ISO 4217 code of its money.</param>
/// <param name="Rate">What a euro is worth there.</param>
/// <param name="Decimals">How many decimals prices have.</param>
internal sealed record Region(string Code, string Name, string Currency, double Rate, int Decimals)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Region> All { get; } =
    [
        new("DE", "Germany", "EUR", 1, 2),
        new("FR", "France", "EUR", 1, 2),
        new("GB", "Great Britain", "GBP", 0.86, 2),
        new("US", "United States", "USD", 1.09, 2),
        new("MX", "Mexico", "MXN", 20.4, 2),
        new("BR", "Brazil", "BRL", 6.1, 2),
        new("IN", "India", "INR", 94, 2),
        new("JP", "Japan", "JPY", 163, 0),
    ];

    /// <summary>The region with a code, or null.</summary>
    public static Region? Find(string code) => All.FirstOrDefault(region => region.Code == code);

    /// <summary>Shows an amount in the smallest unit of the money, such as cents.</summary>
    public string Show(long amount) =>
        $"{Currency} {(amount / Math.Pow(10, Decimals)).ToString(Decimals == 0 ? "N0" : "N2", CultureInfo.InvariantCulture)}";
}

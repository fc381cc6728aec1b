using System.ComponentModel;
using System.Globalization;

namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>What a shop shows of a product. Nothing in it changes, and it says so to caches which ask at run time.</summary>
[ImmutableObject(true)]
public sealed record Product(
    int Id, string Name, string Description, decimal Price, string Currency, int Stock, bool IsOnSale, double Rating, DateTime Added, Guid Supplier)
{
    /// <summary>Gives what the database would.</summary>
    public static Product Create(int id) => new(
        id,
        string.Create(CultureInfo.InvariantCulture, $"Product {id}"),
        "A thing which is shown on many pages, and changes once a day at most.",
        9.90m + id,
        "EUR",
        id % 100,
        id % 7 == 0,
        4.5,
        new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        new Guid(id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
}

using System.ComponentModel;
using System.Globalization;

namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>What all caches keep. It says which state of the truth it shows, and since when it is there.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">A short text.</param>
/// <param name="Description">A longer text.</param>
/// <param name="Price">What it costs.</param>
/// <param name="Currency">In which currency.</param>
/// <param name="Stock">How many there are.</param>
/// <param name="Rating">How well it is liked.</param>
/// <param name="Supplier">Where it comes from.</param>
/// <param name="Version">How often the offer had been changed by itself when this value was created.</param>
/// <param name="CategoryVersion">How often its category had been changed.</param>
/// <param name="Created">When this value was created.</param>
[ImmutableObject(true)]
public sealed record Offer(
    int Id, string Name, string Description, decimal Price, string Currency, int Stock, double Rating, Guid Supplier, int Version, int CategoryVersion, DateTime Created)
{
    /// <summary>Gives what the database would.</summary>
    public static Offer Create(int id, int version, int categoryVersion) => new(
        id,
        string.Create(CultureInfo.InvariantCulture, $"Offer {id}"),
        "A thing that is shown on many pages, and whose price changes now and then.",
        9.90m + version,
        "EUR",
        id % 100,
        4.5,
        new Guid(id, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        version,
        categoryVersion,
        DateTime.UtcNow);
}

using Storefront.Shop;

namespace Storefront.Origin;

/// <summary>Where visitors can have things delivered to, and where they come from. Read once: they do not change while the shop is open.</summary>
internal sealed class Places
{
    private const int CitiesPerRegion = 8;

    private readonly Dictionary<int, DeliveryCity> _cities;
    private readonly IReadOnlyDictionary<int, DeliveryCity> _warehouses;

    /// <summary>Reads them.</summary>
    public Places(ShopDatabase database)
    {
        Cities = [.. Region.All.SelectMany(region => database.ReadLargestCities(region.Code, CitiesPerRegion))];
        _cities = Cities.ToDictionary(static city => city.Id);
        _warehouses = database.ReadWarehouses();
    }

    /// <summary>The cities that visitors can choose, by region.</summary>
    public IReadOnlyList<DeliveryCity> Cities { get; }

    /// <summary>All warehouses.</summary>
    public IEnumerable<DeliveryCity> Warehouses => _warehouses.Values;

    /// <summary>The city of visitors who have not chosen one.</summary>
    public DeliveryCity Default => Cities[0];

    /// <summary>The city that visitors can choose by its id, or null.</summary>
    public DeliveryCity? FindCity(int id) => _cities.GetValueOrDefault(id);

    /// <summary>The city of a warehouse.</summary>
    public DeliveryCity Warehouse(int number) => _warehouses[number];
}

namespace Storefront.Shop;

/// <summary>How something gets to a city.</summary>
/// <param name="From">The city of the warehouse.</param>
/// <param name="Kilometres">How far that is.</param>
/// <param name="Days">How long it takes.</param>
internal sealed record Delivery(DeliveryCity From, int Kilometres, int Days)
{
    private const double EarthRadius = 6371;
    private const int KilometresPerDay = 700;
    private const int DaysAtBorder = 2;

    /// <summary>The delivery from the nearest of some warehouses; null if there are none.</summary>
    public static Delivery? Nearest(IEnumerable<DeliveryCity> warehouses, DeliveryCity to)
    {
        var from = warehouses.MinBy(warehouse => Distance(warehouse, to));
        if (from is null)
        {
            return null;
        }

        var kilometres = (int)Distance(from, to);
        return new Delivery(from, kilometres, 1 + (kilometres / KilometresPerDay) + (from.Region == to.Region ? 0 : DaysAtBorder));
    }

    // Haversine.
    private static double Distance(DeliveryCity from, DeliveryCity to)
    {
        var latitudes = double.DegreesToRadians(to.Latitude - from.Latitude) / 2;
        var longitudes = double.DegreesToRadians(to.Longitude - from.Longitude) / 2;
        var square = Math.Pow(Math.Sin(latitudes), 2)
            + (Math.Cos(double.DegreesToRadians(from.Latitude)) * Math.Cos(double.DegreesToRadians(to.Latitude)) * Math.Pow(Math.Sin(longitudes), 2));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(square)));
    }
}

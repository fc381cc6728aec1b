namespace Storefront.Shop;

/// <summary>A city that the shop delivers to.</summary>
/// <param name="Id">Its GeoNames id.</param>
/// <param name="Name">Its name, in its own spelling.</param>
/// <param name="Region">The code of its region.</param>
/// <param name="Population">Its inhabitants.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
internal sealed record DeliveryCity(int Id, string Name, string Region, int Population, double Latitude, double Longitude);

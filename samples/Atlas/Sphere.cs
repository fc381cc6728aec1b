namespace Atlas;

/// <summary>Distances on a sphere of the size of the earth.</summary>
/// <remarks>
/// The cosine of the angle between two places is the product of their unit vectors: sums of products, for which SQLite and .NET give the
/// same number to the last bit.
/// </remarks>
internal static class Sphere
{
    private const double Radius = 6371;

    /// <summary>The unit vector from the middle of the earth to a city.</summary>
    public static (double X, double Y, double Z) VectorOf(City city)
    {
        var (latitude, longitude) = (double.DegreesToRadians(city.Latitude), double.DegreesToRadians(city.Longitude));
        return (Math.Cos(latitude) * Math.Cos(longitude), Math.Cos(latitude) * Math.Sin(longitude), Math.Sin(latitude));
    }

    /// <summary>The cosine of the angle between two places.</summary>
    public static double Cosine((double X, double Y, double Z) left, (double X, double Y, double Z) right) =>
        left.X * right.X + left.Y * right.Y + left.Z * right.Z;

    /// <summary>The distance of two places, in whole kilometres.</summary>
    public static int Kilometers(double cosine) => (int)Math.Round(Radius * Math.Acos(Math.Clamp(cosine, -1, 1)));
}

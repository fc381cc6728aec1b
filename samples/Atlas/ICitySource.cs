namespace Atlas;

/// <summary>Where cities come from: the database, or the cache in front of it.</summary>
internal interface ICitySource
{
    /// <summary>One city by its id; null if there is none.</summary>
    ValueTask<City?> FindCityAsync(int id, CancellationToken cancellationToken);

    /// <summary>Many cities by their ids. Those which do not exist are not in the answer.</summary>
    ValueTask<IReadOnlyDictionary<int, City>> FindCitiesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken);

    /// <summary>The cities of a country, the largest first.</summary>
    ValueTask<City[]> FindCountryAsync(string code, CancellationToken cancellationToken);
}

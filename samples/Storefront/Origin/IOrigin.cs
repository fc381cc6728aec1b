using Storefront.Shop;

namespace Storefront.Origin;

/// <summary>Where everything comes from: what the caches stand in front of.</summary>
internal interface IOrigin
{
    /// <summary>A product; null if there is none.</summary>
    ValueTask<Product?> LoadProductAsync(int id, CancellationToken cancellationToken);

    /// <summary>What products cost in a region, by the number of the product.</summary>
    ValueTask<IReadOnlyDictionary<int, Price>> LoadPricesAsync(string region, IReadOnlyList<int> products, CancellationToken cancellationToken);

    /// <summary>A page of a category, counted from 1; null if there is no such category.</summary>
    ValueTask<CategoryPage?> LoadCategoryAsync(int category, CategoryOrder order, int page, CancellationToken cancellationToken);

    /// <summary>The front page of a region.</summary>
    ValueTask<FrontPage> LoadFrontPageAsync(string region, CancellationToken cancellationToken);

    /// <summary>All cities of a region, the largest first.</summary>
    ValueTask<IReadOnlyList<DeliveryCity>> LoadCitiesAsync(string region, CancellationToken cancellationToken);
}

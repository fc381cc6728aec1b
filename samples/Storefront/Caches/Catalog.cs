using Storefront.Origin;
using Storefront.Shop;

namespace Storefront.Caches;

/// <summary>What the pages ask: the caches, and the origin for what they lack; or, to compare, the origin alone.</summary>
/// <param name="products">The cache of products.</param>
/// <param name="prices">That of prices.</param>
/// <param name="categories">That of categories.</param>
/// <param name="frontPages">That of front pages.</param>
/// <param name="origin">Where everything comes from.</param>
internal sealed class Catalog(IProductCache products, IPriceCache prices, ICategoryCache categories, IFrontPageCache frontPages, IOrigin origin)
{
    private long _asked;
    private long _created;

    /// <summary>How many values the caches were asked for.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>How many of them this process created.</summary>
    public long Created => Interlocked.Read(ref _created);

    /// <summary>Finds a product; null if there is none.</summary>
    public ValueTask<Product?> FindProductAsync(int id, bool cached, CancellationToken cancellationToken)
    {
        if (!cached)
        {
            return origin.LoadProductAsync(id, cancellationToken);
        }

        Interlocked.Increment(ref _asked);
        return products.GetOrCreateAsync(id, CreateProductAsync, cancellationToken);
    }

    /// <summary>Finds what products cost in a region.</summary>
    public ValueTask<IReadOnlyDictionary<int, Price>> FindPricesAsync(string region, IReadOnlyList<int> ids, bool cached, CancellationToken cancellationToken)
    {
        if (!cached)
        {
            return origin.LoadPricesAsync(region, ids, cancellationToken);
        }

        Interlocked.Add(ref _asked, ids.Count);
        return prices.GetOrCreateAsync(region, ids, (missing, token) => CreatePricesAsync(region, missing, token), cancellationToken);
    }

    /// <summary>Finds a page of a category; null if there is no such category.</summary>
    public ValueTask<CategoryPage?> FindCategoryAsync(int category, CategoryOrder order, int page, bool cached, CancellationToken cancellationToken)
    {
        if (!cached)
        {
            return origin.LoadCategoryAsync(category, order, page, cancellationToken);
        }

        Interlocked.Increment(ref _asked);
        return categories.GetOrCreateAsync(category, order, page, CreateCategoryAsync, cancellationToken);
    }

    /// <summary>Finds the front page of a region.</summary>
    public ValueTask<FrontPage> FindFrontPageAsync(string region, bool cached, CancellationToken cancellationToken)
    {
        if (!cached)
        {
            return origin.LoadFrontPageAsync(region, cancellationToken);
        }

        Interlocked.Increment(ref _asked);
        return frontPages.GetOrCreateAsync(region, CreateFrontPageAsync, cancellationToken);
    }

    private ValueTask<Product?> CreateProductAsync(int id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _created);
        return origin.LoadProductAsync(id, cancellationToken);
    }

    private ValueTask<IReadOnlyDictionary<int, Price>> CreatePricesAsync(string region, IReadOnlyList<int> missing, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _created, missing.Count);
        return origin.LoadPricesAsync(region, missing, cancellationToken);
    }

    private ValueTask<CategoryPage?> CreateCategoryAsync(int category, CategoryOrder order, int page, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _created);
        return origin.LoadCategoryAsync(category, order, page, cancellationToken);
    }

    private ValueTask<FrontPage> CreateFrontPageAsync(string region, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _created);
        return origin.LoadFrontPageAsync(region, cancellationToken);
    }
}

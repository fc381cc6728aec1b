using Storefront.Shop;

namespace Storefront.Origin;

/// <summary>Counts what is asked of the origin, and makes it slower if that was asked for.</summary>
/// <param name="origin">The origin.</param>
/// <param name="delay">What each answer takes longer; zero for nothing.</param>
internal sealed class CountedOrigin(IOrigin origin, TimeSpan delay) : IOrigin
{
    private long _queries;

    /// <summary>How often it was asked.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>What each answer takes longer.</summary>
    public TimeSpan Delay => delay;

    public async ValueTask<Product?> LoadProductAsync(int id, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken);
        return await origin.LoadProductAsync(id, cancellationToken);
    }

    public async ValueTask<IReadOnlyDictionary<int, Price>> LoadPricesAsync(string region, IReadOnlyList<int> products, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken);
        return await origin.LoadPricesAsync(region, products, cancellationToken);
    }

    public async ValueTask<CategoryPage?> LoadCategoryAsync(int category, CategoryOrder order, int page, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken);
        return await origin.LoadCategoryAsync(category, order, page, cancellationToken);
    }

    public async ValueTask<FrontPage> LoadFrontPageAsync(string region, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken);
        return await origin.LoadFrontPageAsync(region, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<DeliveryCity>> LoadCitiesAsync(string region, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken);
        return await origin.LoadCitiesAsync(region, cancellationToken);
    }

    private Task CountAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queries);
        return delay > TimeSpan.Zero ? Task.Delay(delay, cancellationToken) : Task.CompletedTask;
    }
}

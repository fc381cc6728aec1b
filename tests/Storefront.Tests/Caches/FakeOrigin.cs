using System.Collections.Concurrent;
using Storefront.Origin;
using Storefront.Shop;

namespace TypedCache.Storefront.Tests.Caches;

/// <summary>An origin that counts what it is asked, changes with each answer, and fails when it is told to.</summary>
internal sealed class FakeOrigin : IOrigin
{
    private int _loads;

    /// <summary>How often it was asked.</summary>
    public int Loads => Volatile.Read(ref _loads);

    public bool IsDown { get; set; }

    /// <summary>The products of each question for prices.</summary>
    public ConcurrentQueue<int[]> Priced { get; } = new();

    public async ValueTask<Product?> LoadProductAsync(int id, CancellationToken cancellationToken)
    {
        var load = Load();
        await Task.Yield();
        return id > 1000 ? null : new Product(id, $"Lamp {load}", 1, "Lamps", "", 1, [0, 0, 0, 0, 0], [], [], 0, 1, []);
    }

    public ValueTask<IReadOnlyDictionary<int, Price>> LoadPricesAsync(string region, IReadOnlyList<int> products, CancellationToken cancellationToken)
    {
        Load();
        Priced.Enqueue([.. products]);
        return new(products.ToDictionary(static id => id, static id => new Price(id, id, id, 0)));
    }

    public ValueTask<CategoryPage?> LoadCategoryAsync(int category, CategoryOrder order, int page, CancellationToken cancellationToken) =>
        new(new CategoryPage(category, $"Lamps {Load()}", 1, []));

    public ValueTask<FrontPage> LoadFrontPageAsync(string region, CancellationToken cancellationToken) =>
        new(new FrontPage([], [], [new Category(1, "Lamps", Load())]));

    public ValueTask<IReadOnlyList<DeliveryCity>> LoadCitiesAsync(string region, CancellationToken cancellationToken) => throw new NotSupportedException();

    private int Load()
    {
        var load = Interlocked.Increment(ref _loads);
        return IsDown ? throw new InvalidOperationException("The database is down.") : load;
    }
}

using ShopTests.Shop;

namespace ShopTests;

/// <summary>A database that counts how often it is asked, and fails when it is told to.</summary>
internal sealed class FakeProducts : IProducts
{
    private int _loads;
    private decimal _price = 10;

    public int Loads => _loads;

    public bool IsDown { get; set; }

    public ValueTask<Product> LoadAsync(int id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        return IsDown ? throw new InvalidOperationException("The database is down.") : new(new Product(id, "Lamp", _price));
    }

    public ValueTask ChangePriceAsync(int id, decimal price, CancellationToken cancellationToken = default)
    {
        _price = price;
        return ValueTask.CompletedTask;
    }
}

using TypedCache.Values;

namespace TypedCache.Browser.Tests;

/// <summary>Goes on reading through a pool, and storing now and then, until it is disposed.</summary>
public sealed class Shopping : IAsyncDisposable
{
    private static readonly KeyTemplate Product = new("shop", "product:{id}");
    private static readonly KeyTemplate Price = new("shop", "price:{region}:{id}");
    private static readonly KeyTemplate Basket = new("web", "basket:{user}");

    private readonly CancellationTokenSource _ended = new();
    private readonly Task _shopping;
    private long _failures;
    private long _creates;

    /// <summary>Begins.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="products">How many products there are.</param>
    /// <param name="createTime">How long the create function takes.</param>
    /// <param name="pause">How long it waits between two rounds.</param>
    /// <param name="options">How products are created.</param>
    public Shopping(MemcachedPool pool, int products = 300, TimeSpan? createTime = null, TimeSpan? pause = null, GetOrCreateOptions? options = null)
    {
        options ??= new GetOrCreateOptions { Expires = CacheExpiry.After(TimeSpan.FromMinutes(10)) };
        _shopping = Task.Run(() => ShopAsync(pool, products, createTime ?? TimeSpan.FromMilliseconds(5), pause ?? TimeSpan.FromMilliseconds(2), options));
    }

    /// <summary>How many reads have thrown.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>How many values have been created.</summary>
    public long Creates => Interlocked.Read(ref _creates);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _shopping;
        _ended.Dispose();
    }

    private async Task ShopAsync(MemcachedPool pool, int products, TimeSpan createTime, TimeSpan pause, GetOrCreateOptions options)
    {
        for (var round = 0; !_ended.IsCancellationRequested; round++)
        {
            try
            {
                // The cube makes some products far more wanted than others.
                var id = (int)(Math.Pow(Random.Shared.NextDouble(), 3) * products);
                await pool.GetOrCreateAsync($"shop:product:{id}", cancellationToken => CreateAsync(id, createTime, cancellationToken), CacheCodecs.String, options, template: Product);
                await pool.GetAsync($"shop:price:{id % 7}:{id}", CacheCodecs.Int32, template: Price);
                if (round % 5 == 0)
                {
                    await StoreAsync(pool, id);
                }
            }
            catch (MemcachedException)
            {
                Interlocked.Increment(ref _failures);
            }

            await Task.Delay(pause);
        }
    }

    // Whether a write was carried out that was on its way to a server that has stopped, nobody knows: the pool says so by an exception.
    private static async Task StoreAsync(MemcachedPool pool, int id)
    {
        try
        {
            await pool.SetAsync($"shop:price:{id % 7}:{id}", id, CacheCodecs.Int32, template: Price);
            await pool.SetAsync($"web:basket:{id}", "three things", CacheCodecs.String, template: Basket);
        }
        catch (MemcachedException)
        {
            // The next read finds what there is.
        }
    }

    private async ValueTask<string> CreateAsync(int id, TimeSpan createTime, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _creates);
        await Task.Delay(createTime * (0.7 + Random.Shared.NextDouble()), cancellationToken);
        return $"Product {id}";
    }
}

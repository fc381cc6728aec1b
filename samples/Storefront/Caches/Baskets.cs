using Storefront.Shop;
using TypedCache;

namespace Storefront.Caches;

/// <summary>The baskets of the visitors, each of which may be changed by several requests at once.</summary>
/// <param name="cache">Where they are.</param>
/// <param name="time">The clock.</param>
internal sealed class Baskets(IBasketCache cache, TimeProvider time)
{
    private const int Attempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads a basket. One that cannot be read now is shown as empty; it is not lost by that.</summary>
    public async ValueTask<Basket> ReadAsync(Guid visitor, CancellationToken cancellationToken)
    {
        try
        {
            return await cache.Of(visitor).GetAsync(cancellationToken) ?? Basket.Empty;
        }
        catch (MemcachedException)
        {
            return Basket.Empty;
        }
    }

    /// <summary>Changes a basket. Of two changes at once, the one that comes second is made to what the first has left.</summary>
    /// <param name="visitor">Whose basket.</param>
    /// <param name="change">Makes the new basket from the one that there is.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The new basket.</returns>
    /// <exception cref="MemcachedException">It cannot be stored for two seconds.</exception>
    public async ValueTask<Basket> ChangeAsync(Guid visitor, Func<Basket, Basket> change, CancellationToken cancellationToken)
    {
        var entry = cache.Of(visitor);
        var mine = Guid.Empty;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stored = await entry.GetValueAsync(cancellationToken);
                if (stored.Found && stored.Value!.Change == mine)
                {
                    // The last attempt was carried out, although its answer was lost.
                    return stored.Value;
                }

                var basket = change(stored.Value ?? Basket.Empty) with { Change = Guid.NewGuid() };
                mine = basket.Change;
                if (await TryStoreAsync(entry, basket, stored, cancellationToken))
                {
                    return basket;
                }
            }
            catch (MemcachedException) when (attempt < Attempts)
            {
                // Such as a server that has stopped: its keys are at another one now. Where none can be reached, one may be back soon.
                await Task.Delay(Pause, time, cancellationToken);
            }

            if (attempt == Attempts)
            {
                throw new MemcachedConnectionException($"The basket was changed by others {Attempts} times meanwhile.");
            }
        }
    }

    private static async ValueTask<bool> TryStoreAsync(CacheEntry<Basket> entry, Basket basket, CacheValue<Basket> stored, CancellationToken cancellationToken) =>
        stored.Found
            ? await entry.CompareAndSetAsync(basket, stored.Cas, cancellationToken: cancellationToken) == CasResult.Stored
            : await entry.AddAsync(basket, cancellationToken: cancellationToken);
}

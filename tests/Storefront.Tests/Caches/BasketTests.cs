using Storefront.Caches;
using TypedCache.Testing;

namespace TypedCache.Storefront.Tests.Caches;

/// <summary>Baskets, which several requests of a visitor change at once.</summary>
public sealed class BasketTests : IAsyncDisposable
{
    private readonly TestCluster _cluster = new(servers: 1);
    private readonly Guid _visitor = Guid.NewGuid();
    private readonly Baskets _baskets;

    public BasketTests() => _baskets = Over(_cluster.Connect());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Key => $"shop:basket:{_visitor:D}";

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task What_two_processes_put_in_at_once_is_all_in_it()
    {
        Baskets[] processes = [_baskets, Over(_cluster.Connect())];

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
            await processes[i % 2].ChangeAsync(_visitor, basket => basket.Add(i % 3, $"Lamp {i % 3}", 1), Token)));

        var basket = await _baskets.ReadAsync(_visitor, Token);
        Assert.Equal(10, basket.Count);
        Assert.Equal([4, 3, 3], basket.Lines.OrderBy(static line => line.Product).Select(static line => line.Quantity));
    }

    [Fact]
    public async Task A_change_between_reading_and_storing_is_kept()
    {
        await AddAsync(1);
        var interfered = false;

        await _baskets.ChangeAsync(
            _visitor,
            basket =>
            {
                if (!interfered)
                {
                    interfered = true;
                    Over(_cluster.Connect()).ChangeAsync(_visitor, static other => other.Add(2, "Table", 1), Token).AsTask().GetAwaiter().GetResult();
                }

                return basket.Add(3, "Chair", 1);
            },
            Token);

        Assert.Equal([1, 2, 3], (await _baskets.ReadAsync(_visitor, Token)).Lines.Select(static line => line.Product));
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_made_once()
    {
        await AddAsync(1);
        var armed = false;

        var changing = _baskets.ChangeAsync(
            _visitor,
            basket =>
            {
                if (!armed)
                {
                    armed = true;
                    _cluster.ServerOf(Key).CutNextReply();
                }

                return basket.Add(1, "Lamp", 1);
            },
            Token).AsTask();
        await _cluster.AdvanceUntilAsync(changing);

        Assert.True(armed);
        Assert.Equal(2, (await changing).Count);
        Assert.Equal(2, (await _baskets.ReadAsync(_visitor, Token)).Count);
    }

    [Fact]
    public async Task A_basket_is_changed_when_its_server_is_back()
    {
        await AddAsync(1);
        _cluster.ServerOf(Key).Disconnect();
        _cluster.ServerOf(Key).FailNext(3);

        var changing = AddAsync(1);
        await _cluster.AdvanceUntilAsync(changing);

        Assert.Equal(2, (await _baskets.ReadAsync(_visitor, Token)).Count);
    }

    [Fact]
    public async Task A_basket_that_cannot_be_read_is_shown_as_empty()
    {
        await AddAsync(1);
        _cluster.ServerOf(Key).RefuseNext();

        Assert.Equal(0, (await _baskets.ReadAsync(_visitor, Token)).Count);
        Assert.Equal(1, (await _baskets.ReadAsync(_visitor, Token)).Count);
    }

    [Fact]
    public async Task A_basket_is_kept_for_two_hours()
    {
        await AddAsync(1);

        _cluster.Advance("119m");
        Assert.Equal(1, (await _baskets.ReadAsync(_visitor, Token)).Count);
        _cluster.Advance("2m");
        Assert.Equal(0, (await _baskets.ReadAsync(_visitor, Token)).Count);
    }

    [Fact]
    public async Task Quantities_have_limits_and_none_of_something_takes_it_out()
    {
        await _baskets.ChangeAsync(_visitor, static basket => basket.Add(1, "Lamp", 60).Add(1, "Lamp", 60).Add(2, "Table", 1), Token);
        Assert.Equal(99, (await _baskets.ReadAsync(_visitor, Token)).Lines[0].Quantity);

        await _baskets.ChangeAsync(_visitor, static basket => basket.Set(1, "Lamp", 0), Token);
        Assert.Equal([2], (await _baskets.ReadAsync(_visitor, Token)).Lines.Select(static line => line.Product));
    }

    private Baskets Over(MemcachedPool pool) => new(pool.CreateClient<IBasketCache>(), _cluster.Clock);

    private async Task AddAsync(int product) => await _baskets.ChangeAsync(_visitor, basket => basket.Add(product, "Lamp", 1), Token);
}

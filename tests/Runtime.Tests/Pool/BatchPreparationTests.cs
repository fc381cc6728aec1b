using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>A batch of which one part cannot be prepared does nothing at all.</summary>
public sealed class BatchPreparationTests : IDisposable
{
    private const int FaultyItem = 25;

    private static readonly int[] AllItems = [.. Enumerable.Range(0, 40)];

    private readonly SharedServers _servers = new(3);
    private readonly MemcachedPool _pool;
    private readonly MemcachedPool _witness;
    private readonly CancellationTokenSource _leave = new();

    public BatchPreparationTests()
    {
        _pool = _servers.Connect();
        _witness = _servers.Connect();
    }

    /// <summary>What goes wrong with one of many, or for all of them before anything is sent.</summary>
    public enum Fault
    {
        None,
        Key,
        LiteralKey,
        Codec,
        LargeValueCodec,
        NullValue,
        Enumerable,
        Cancelled,
        Disposed,
        NoCas,
        Twice,
    }

    public static TheoryData<Fault> OfKeys => [Fault.Key, Fault.LiteralKey, Fault.Enumerable, Fault.Cancelled, Fault.Disposed];

    public static TheoryData<Fault> OfValues => [.. OfKeys.Select(row => row.Data), Fault.Codec, Fault.LargeValueCodec, Fault.NullValue];

    public static TheoryData<Fault> OfCompared => [.. OfValues.Select(row => row.Data), Fault.NoCas, Fault.Twice];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _leave.Dispose();
        _servers.Dispose();
    }

    [Theory]
    [MemberData(nameof(OfValues))]
    public async Task A_store_of_many_with_one_fault_stores_nothing(Fault fault)
    {
        await Assert.ThrowsAnyAsync<Exception>(async () =>
            await _pool.SetManyAsync(Values(fault), fault, WriteKey, KeyPolicy.Escape, new FaultyCodec(), cancellationToken: _leave.Token));

        Assert.Empty(await FindAllAsync());
    }

    [Theory]
    [MemberData(nameof(OfValues))]
    public async Task An_add_of_many_with_one_fault_stores_nothing(Fault fault)
    {
        await Assert.ThrowsAnyAsync<Exception>(async () =>
            await _pool.AddManyAsync(Values(fault), fault, WriteKey, KeyPolicy.Escape, new FaultyCodec(), cancellationToken: _leave.Token));

        Assert.Empty(await FindAllAsync());
    }

    [Theory]
    [MemberData(nameof(OfCompared))]
    public async Task A_compare_and_set_of_many_with_one_fault_stores_nothing(Fault fault)
    {
        await StoreAllAsync();
        var read = await _witness.GetManyValuesAsync(AllItems, Fault.None, WriteKey, KeyPolicy.Escape, CacheCodecs.String, Token);
        var changed = Values(fault).Select(pair => KeyValuePair.Create(pair.Key, fault == Fault.NoCas && pair.Key == FaultyItem ? new(pair.Value) : read[pair.Key].With(pair.Value)));

        await Assert.ThrowsAnyAsync<Exception>(async () => await _pool.CompareAndSetManyAsync(
            fault == Fault.Twice ? changed.Append(KeyValuePair.Create(3, read[3])) : changed, fault, WriteKey, KeyPolicy.Escape, new FaultyCodec(), cancellationToken: _leave.Token));

        Assert.All(await FindAllAsync(), found => Assert.Equal("old", found.Value));
    }

    [Theory]
    [MemberData(nameof(OfKeys))]
    public async Task A_delete_of_many_with_one_fault_deletes_nothing(Fault fault)
    {
        await StoreAllAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () => await _pool.DeleteManyAsync(Items(fault), fault, WriteKey, KeyPolicy.Escape, _leave.Token));

        Assert.Equal(AllItems, (await FindAllAsync()).Keys.Order());
    }

    [Theory]
    [MemberData(nameof(OfKeys))]
    public async Task A_touch_of_many_with_one_fault_changes_no_expiry(Fault fault)
    {
        await StoreAllAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
            await _pool.TouchManyAsync(Items(fault), fault, WriteKey, KeyPolicy.Escape, CacheExpiry.At(DateTimeOffset.UnixEpoch.AddYears(40)), _leave.Token));

        Assert.Equal(AllItems, (await FindAllAsync()).Keys.Order());
    }

    [Theory]
    [InlineData(Fault.Key)]
    [InlineData(Fault.Enumerable)]
    public async Task A_get_or_create_of_many_with_one_fault_takes_no_lease(Fault fault)
    {
        await Assert.ThrowsAnyAsync<Exception>(async () => await _pool.GetOrCreateManyAsync<int, Fault, string>(
            Items(fault), fault, WriteKey, KeyPolicy.Escape, static (_, _) => throw new InvalidOperationException("It created."), CacheCodecs.String, new GetOrCreateOptions(), cancellationToken: Token));

        Assert.Empty(await FindAllAsync());

        // The placeholder of a lease would be found there.
        var added = await _witness.AddManyAsync(Values(Fault.None), Fault.None, WriteKey, KeyPolicy.Escape, CacheCodecs.String, cancellationToken: Token);
        Assert.Equal(AllItems, added.Order());
    }

    [Fact]
    public async Task What_failed_leaves_nothing_to_the_next_batch()
    {
        for (var i = 0; i < 50; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(async () =>
                await _pool.SetManyAsync(Values(Fault.LargeValueCodec), Fault.None, WriteKey, KeyPolicy.Escape, new FaultyCodec(), cancellationToken: Token));
            await _pool.SetManyAsync(AllItems.Select(item => KeyValuePair.Create(item, $"{i}:{item}")), Fault.None, WriteKey, KeyPolicy.Escape, CacheCodecs.String, cancellationToken: Token);

            Assert.All(await FindAllAsync(), found => Assert.Equal($"{i}:{found.Key}", found.Value));
        }
    }

    private static void WriteKey(ref CacheKeyWriter key, Fault fault, int item)
    {
        key.AppendLiteral("batch:"u8);
        switch (fault)
        {
            case Fault.Key when item == FaultyItem:
                throw new CacheKeyException("The item has no key.");
            case Fault.LiteralKey when item == FaultyItem:
                key.AppendLiteral("with blank"u8);
                break;
        }

        key.Append(item);
    }

    private IEnumerable<int> Items(Fault fault)
    {
        foreach (var item in AllItems)
        {
            switch (fault)
            {
                case Fault.Enumerable when item == FaultyItem:
                    throw new InvalidDataException("The source has ended.");
                case Fault.Cancelled when item == FaultyItem:
                    _leave.Cancel();
                    break;
                case Fault.Disposed when item == FaultyItem:
                    _pool.Dispose();
                    break;
            }

            yield return item;
        }
    }

    private IEnumerable<KeyValuePair<int, string>> Values(Fault fault) => Items(fault).Select(item => KeyValuePair.Create(item, (fault, item) switch
    {
        (Fault.Codec, FaultyItem) => FaultyCodec.Refused,
        (Fault.LargeValueCodec, FaultyItem) => FaultyCodec.Refused,
        (Fault.LargeValueCodec, _) => new string('v', 2000),
        (Fault.NullValue, FaultyItem) => null!,
        _ => $"v{item}",
    }));

    private async Task StoreAllAsync() => await _witness.SetManyAsync(
        AllItems.Select(item => KeyValuePair.Create(item, "old")), Fault.None, WriteKey, KeyPolicy.Escape, CacheCodecs.String, cancellationToken: Token);

    // What the pool has sent has been carried out once its servers have answered what came after it.
    private async Task<CacheValues<int, string>> FindAllAsync()
    {
        try
        {
            await _pool.GetVersionsAsync(Token);
        }
        catch (ObjectDisposedException)
        {
        }

        return await _witness.GetManyAsync(AllItems, Fault.None, WriteKey, KeyPolicy.Escape, CacheCodecs.String, Token);
    }

    private sealed class FaultyCodec : ICacheCodec<string>
    {
        public const string Refused = "refused";

        public void Write(ref ValueWriter writer, string value)
        {
            CacheCodecs.String.Write(ref writer, value);
            if (value == Refused)
            {
                throw new InvalidDataException("The value cannot be written.");
            }
        }

        public string Read(in StoredValue stored) => throw new NotSupportedException();
    }
}

using System.Collections;
using System.Numerics;
using System.Text;
using TypedCache.AotSmoke.Values;

namespace TypedCache.AotSmoke;

/// <summary>Stores a value of every shape, reads it back and looks at its parts.</summary>
internal sealed class ValueChecks(IValueCache cache, Check check)
{
    private delegate ValueTask Store<in T>(int id, T value, CancellationToken cancellationToken = default);

    private delegate ValueTask<T?> Read<T>(int id, CancellationToken cancellationToken = default);

    public async Task RunAsync()
    {
        await CheckBuiltInAsync();
        await CheckObjectsAsync();
        await CheckFamiliesAsync();
        await CheckIdsAsync();
        await SameAsync<Leaves>(cache.SetLeavesAsync, cache.GetLeavesAsync, Leaves(), AreEqual);
        await SameAsync<Collections>(cache.SetCollectionsAsync, cache.GetCollectionsAsync, SampleCollections.Create(), SampleCollections.AreEqual);
    }

    private async Task CheckBuiltInAsync()
    {
        var large = string.Concat(Enumerable.Repeat("compressible äöü 漢字 🐘 ", 5_000));
        await SameAsync<string>(cache.SetTextAsync, cache.GetTextAsync, large, static (a, b) => a == b);
        await SameAsync<byte[]>(cache.SetBytesAsync, cache.GetBytesAsync, [0, 13, 10, 255], static (a, b) => a.SequenceEqual(b));
        await SameAsync<ReadOnlyMemory<byte>?>(cache.SetMemoryAsync, cache.GetMemoryAsync, new byte[] { 1, 2 }, static (a, b) => a!.Value.Span.SequenceEqual(b!.Value.Span));
        await SameAsync<long?>(cache.SetLongAsync, cache.GetLongAsync, long.MinValue, static (a, b) => a == b);
        await SameAsync<double?>(cache.SetDoubleAsync, cache.GetDoubleAsync, Math.PI, static (a, b) => a == b);
        await SameAsync<bool?>(cache.SetBoolAsync, cache.GetBoolAsync, true, static (a, b) => a == b);
        await SameAsync<Guid?>(cache.SetGuidAsync, cache.GetGuidAsync, Guid.NewGuid(), static (a, b) => a == b);
    }

    private async Task CheckObjectsAsync()
    {
        var part = new Part(Guid.NewGuid(), 1.5);
        await SameAsync<Product>(
            cache.SetProductAsync,
            cache.GetProductAsync,
            new Product { Id = 1, Name = "Lamp", Price = 9.99m, Tags = ["new", "blue"], Level = Level.High, Part = part, Cached = 5 },
            static (a, b) => a.Id == b.Id && a.Name == b.Name && a.Price == b.Price && a.Tags.SequenceEqual(b.Tags) && a.Level == b.Level && a.Part == b.Part && b.Cached == 0);
        await SameAsync<Customer>(
            cache.SetCustomerAsync,
            cache.GetCustomerAsync,
            new Customer("Ann", new Address("Main", 7)) { Age = 40, Nick = null, Since = DateTime.UnixEpoch },
            static (a, b) => a == b);
        await SameAsync<Account>(cache.SetAccountAsync, cache.GetAccountAsync, Account.Open(5, 12.5m, "first", "second"), static (a, b) => a.Equals(b));
        await SameAsync<Temperature?>(cache.SetTemperatureAsync, cache.GetTemperatureAsync, new Temperature(-3.5), static (a, b) => a == b);
        await SameAsync<Counted>(cache.SetCountedAsync, cache.GetCountedAsync, new Counted { Count = 4 }, static (a, b) => a.Count == 5 && b is { Count: 5, WasRead: true });
    }

    private async Task CheckIdsAsync()
    {
        var (one, two) = (CustomerId.From(1), CustomerId.From(0xABC));
        await SameAsync<Ids>(
            cache.SetIdsAsync,
            cache.GetIdsAsync,
            new Ids(one, null, new() { [two] = "second" }, [new Week(2026, 53)], new Percent(0.5)),
            static (a, b) => a.Customer == b.Customer && b.None is null && a.Tickets.SequenceEqual(b.Tickets) && a.Weeks.SequenceEqual(b.Weeks) && a.Share == b.Share);

        var week = new Week(2026, 7);
        await cache.Plan(week, "a b", new Percent(-0.0)).SetAsync(week);
        check.That(await cache.Plan(week, "a b", new Percent(0)).GetAsync() == week, "a value whose key has value objects comes back");
        check.That(IValueCache.Keys.Plan(week, "a b", new Percent(-0.0)) == "aot-values:week:2026-W7:a%20b:0", "value objects are written like the values inside");

        await cache.SetNamesAsync(new Dictionary<CustomerId, string> { [one] = "one", [two] = "two" });
        var names = await cache.GetNamesAsync([one, two]);
        check.That(names.Count == 2 && names[two] == "two" && IValueCache.Keys.Name(two) == "aot-values:names:0ABC", "a batch has the keys of its items' properties");
    }

    private async Task CheckFamiliesAsync()
    {
        await SameAsync<IShape>(cache.SetShapeAsync, cache.GetShapeAsync, new Circle { Radius = 2 }, static (_, b) => b is Circle { Radius: 2 });
        await SameAsync<IShape>(cache.SetShapeAsync, cache.GetShapeAsync, new Square(3), static (a, b) => a.Equals(b));
        await SameAsync<IShape>(cache.SetShapeAsync, cache.GetShapeAsync, new Dot { X = 4 }, static (_, b) => b is Dot { X: 4 });
        await SameAsync<Tree>(
            cache.SetTreeAsync,
            cache.GetTreeAsync,
            new Tree("root", [new Tree("left", []), new Tree("right", [new Tree("leaf", [])])]),
            static (_, b) => b is { Name: "root", Branches: [{ Name: "left", Branches: [] }, { Name: "right", Branches: [{ Name: "leaf" }] }] });
        await SameAsync<Page<Part>>(
            cache.SetPageAsync,
            cache.GetPageAsync,
            new Page<Part> { Items = [new Part(Guid.Empty, 1), new Part(Guid.NewGuid(), 2)], Total = 12 },
            static (a, b) => a.Items.SequenceEqual(b.Items) && a.Total == b.Total);
        await SameAsync<(int Id, string? Name, Level[] Levels)?>(
            cache.SetTupleAsync, cache.GetTupleAsync, (1, null, [Level.Low, Level.High]), static (_, b) => b is (1, null, [Level.Low, Level.High]));
        await SameAsync(cache.SetListAsync, cache.GetListAsync, [new("a", 1), new("b", 2)], static (a, b) => a.SequenceEqual(b));
    }

    private async Task SameAsync<T>(Store<T> store, Read<T> read, T value, Func<T, T, bool> areEqual)
    {
        await store(1, value);
        var restored = await read(1);
        check.That(restored is not null && areEqual(value, restored), $"a value of {typeof(T).Name} comes back the same");
        check.That(await read(2) is null, $"a missing value of {typeof(T).Name} is a miss");
    }

    private static Leaves Leaves() => new()
    {
        Bool = true,
        SByte = -5,
        Port = 65_000,
        Large = long.MaxValue,
        Approximate = 1.25f,
        Letter = 'ß',
        Amount = 79228162514264337593543950335m,
        Half = (Half)0.5,
        Int128 = Int128.MinValue,
        UInt128 = UInt128.MaxValue,
        BigInteger = BigInteger.Pow(7, 100),
        Complex = new Complex(1, -2),
        Vector3 = new Vector3(1, 2, 3),
        Matrix = Matrix4x4.CreateRotationX(1),
        Id = Guid.NewGuid(),
        DateTime = new DateTime(2027, 9, 29, 23, 58, 59, DateTimeKind.Utc),
        DateTimeOffset = new DateTimeOffset(2027, 9, 29, 23, 58, 59, TimeSpan.FromHours(-11)),
        DateOnly = new DateOnly(2027, 9, 29),
        TimeOnly = new TimeOnly(23, 58, 59),
        TimeSpan = TimeSpan.FromDays(-1.5),
        Day = DayOfWeek.Wednesday,
        Uri = new Uri("https://example.org/a?b#c"),
        Version = new Version(1, 2, 3, 4),
        Rune = new Rune(0x1F418),
        Text = new StringBuilder("text"),
        Bits = new BitArray([true, false, true]),
        Bytes = [1, 2, 3],
        Memory = new byte[] { 4, 5 },
    };

    private static bool AreEqual(Leaves a, Leaves b) =>
        a.Bool == b.Bool && a.SByte == b.SByte && a.Port == b.Port && a.Large == b.Large && a.Approximate == b.Approximate && a.Letter == b.Letter
        && a.Amount == b.Amount && a.Half == b.Half && a.Int128 == b.Int128 && a.UInt128 == b.UInt128 && a.BigInteger == b.BigInteger
        && a.Complex == b.Complex && a.Vector3 == b.Vector3 && a.Matrix == b.Matrix && a.Id == b.Id && a.DateTime == b.DateTime
        && a.DateTimeOffset == b.DateTimeOffset && a.DateOnly == b.DateOnly && a.TimeOnly == b.TimeOnly && a.TimeSpan == b.TimeSpan
        && a.Day == b.Day && a.Uri == b.Uri && a.Version == b.Version && a.Rune == b.Rune
        && b.Text?.ToString() == "text" && b.Bits is [true, false, true] && b.Bytes is [1, 2, 3] && a.Memory.Span.SequenceEqual(b.Memory.Span);
}

namespace TypedCache.Interop.Tests.Others;

/// <summary>A kind of value which both sides write and read. The programs of the other languages make the same values.</summary>
/// <param name="Name">How the programs call it; the first word of its keys too.</param>
/// <param name="Count">Under how many keys it is written.</param>
/// <param name="Make">The value of the key at a position.</param>
/// <param name="ReadAsync">Reads a key by a generated client.</param>
/// <param name="WriteAsync">Writes the value of a position by a generated client.</param>
public sealed record SharedKind(
    string Name, int Count, Func<int, object> Make, Func<object, string, CancellationToken, Task<object?>> ReadAsync, Func<object, string, int, CancellationToken, Task> WriteAsync)
{
    private static readonly DateTime FirstDate = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000).UtcDateTime;

    // Line ends are what some clients put in front of, and 😀 is two characters in Java and JavaScript.
    public static SharedKind Text { get; } = Create<ITextCache, string>(
        "text",
        i => $"text {i} é 漢 😀{(i % 5 == 4 ? "\r\nand a line" : "")}",
        async (cache, key, cancel) => await cache.GetTextAsync(key, cancel),
        (cache, key, value, cancel) => cache.SetTextAsync(key, value, cancel)) with { Count = SharedKeys.Count };

    // Longer than what each client compresses.
    public static SharedKind LongText { get; } = Create<ITextCache, string>(
        "long",
        i => string.Concat(Enumerable.Repeat($"a long text {i} ", 3000)),
        async (cache, key, cancel) => await cache.GetLongAsync(key, cancel),
        (cache, key, value, cancel) => cache.SetLongAsync(key, value, cancel)) with { Count = 100 };

    public static SharedKind Bytes { get; } = Create<ITextCache, byte[]>(
        "bytes",
        i => [(byte)i, (byte)(i >> 8), 0, 13, 10, 255],
        async (cache, key, cancel) => await cache.GetBytesAsync(key, cancel),
        (cache, key, value, cancel) => cache.SetBytesAsync(key, value, cancel));

    public static SharedKind Number { get; } = Create<INumberCache, long>(
        "number",
        i => (i - 1000) * (i % 4 == 3 ? 1_000_000_007L : 1),
        async (cache, key, cancel) => await cache.GetNumberAsync(key, cancel),
        (cache, key, value, cancel) => cache.SetNumberAsync(key, value, cancel));

    public static SharedKind Fraction { get; } = Create<INumberCache, double>(
        "float",
        i => (i - 1000) / 3.0,
        async (cache, key, cancel) => await cache.GetFloatAsync(key, cancel),
        (cache, key, value, cancel) => cache.SetFloatAsync(key, value, cancel));

    public static SharedKind Flag { get; } = Create<IBoolCache, bool>(
        "bool",
        i => i % 2 == 0,
        async (cache, key, cancel) => await cache.GetBoolAsync(key, cancel),
        (cache, key, value, cancel) => cache.SetBoolAsync(key, value, cancel));

    public static SharedKind Date { get; } = Create<IDateCache, DateTime>(
        "date",
        i => FirstDate.AddMilliseconds(i * 1_000_003L),
        async (cache, key, cancel) => await cache.GetDateAsync(key, cancel),
        (cache, key, value, cancel) => cache.SetDateAsync(key, value, cancel));

    private static SharedKind Create<TCache, T>(
        string name,
        Func<int, T> make,
        Func<TCache, string, CancellationToken, Task<object?>> read,
        Func<TCache, string, T, CancellationToken, ValueTask> write)
        where T : notnull =>
        new(
            name,
            Count: 500,
            i => make(i),
            (cache, key, cancel) => read((TCache)cache, key, cancel),
            (cache, key, i, cancel) => write((TCache)cache, key, make(i), cancel).AsTask());
}

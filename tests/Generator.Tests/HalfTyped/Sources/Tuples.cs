public sealed class Pairs
{
    public (int Id, string? Name) Named { get; set; }
    public ValueTuple<int, int, int, int, int, int, int, (string, Guid)> Long { get; set; }
    public Tuple<string, int[]>? Old { get; set; }
    public List<(DateTime From, DateTime? To)>? Times { get; set; }
}

[CacheClient]
public partial interface IPairs
{
    [CacheKey("pairs:{id}")] ValueTask<Pairs?> GetPairsAsync(int id, CancellationToken ct = default);
    [CacheKey("pair:{id}")] ValueTask<(int Left, Pairs? Right)?> GetPairAsync(int id, CancellationToken ct = default);
    [CacheKey("both:{a}:{b}", Expires = "1m")] ValueTask<(int, int)> GetOrCreateBothAsync(int a, int b, Func<int, int, CancellationToken, ValueTask<(int, int)>> create, CancellationToken ct = default);
}

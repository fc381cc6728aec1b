public sealed class Bag
{
    public int[] Numbers { get; set; } = [];
    public int[,] Grid { get; set; } = new int[0, 0];
    public HashSet<string> Words { get; set; } = [];
    public Queue<(int Left, string? Right)> Pairs { get; set; } = new();
    public ImmutableArray<long> Fixed { get; set; } = [];
    public SortedDictionary<string, List<double?>> Sorted { get; set; } = [];
    public KeyValuePair<int, Guid> Pair { get; set; }
    public Lazy<string>? Late { get; set; }
    public IReadOnlyDictionary<int, byte[]>? Bytes { get; set; }
}

[CacheClient]
public partial interface IBags
{
    [CacheKey("bag:{id}")] ValueTask<Bag?> GetBagAsync(int id, CancellationToken ct = default);
    [CacheKey("map:{id}")] ValueTask<Dictionary<string, Bag>?> GetMapAsync(int id, CancellationToken ct = default);
    [CacheKey("jagged:{id}")] ValueTask<int[][]?> GetJaggedAsync(int id, CancellationToken ct = default);
}

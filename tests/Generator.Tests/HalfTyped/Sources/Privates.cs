[MessagePackObject(AllowPrivate = true)]
public sealed partial class Hidden
{
    [Key(0)] private readonly int _id;
    [Key(1)] private string? Text { get; init; }
    [Key(2)] internal List<int> Numbers { get; private set; } = [];
    [SerializationConstructor] private Hidden(int id) => _id = id;
    public override string ToString() => $"{_id}: {Text}";
}

[CacheClient("hidden")]
public partial interface IHidden
{
    [CacheKey("h:{id}")] ValueTask<Hidden?> GetHiddenAsync(int id, CancellationToken ct = default);
    [CacheKey("h:{id}")] ValueTask SetHiddenAsync(int id, Hidden value, TimeSpan expires, CancellationToken ct = default);
}

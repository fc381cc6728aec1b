public interface INamed { string Name { get; set; } }
public sealed class Thing : INamed
{
    string INamed.Name { get; set; } = "";
    public int Id { get; private set; }
    protected int Secret { get; set; }
    public Thing(int id) => Id = id;
    public Thing(int id, int secret) : this(id) => Secret = secret;
    public static implicit operator int(Thing thing) => thing.Id;
    ~Thing() { }
}

[CacheClient("things")]
internal partial interface IThings
{
    [CacheKey("t:{id}")] internal ValueTask<Thing?> GetThingAsync(int id, CancellationToken ct = default);
    [CacheKey("t:{id}")] internal Task<bool> DeleteThingAsync(int id, CancellationToken ct = default);
}

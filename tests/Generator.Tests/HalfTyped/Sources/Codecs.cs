[CacheCodec(typeof(VersionCodec))]
public sealed class Release { public string Text { get; set; } = ""; }
public sealed class VersionCodec : ICacheCodec<Release>
{
    public void Write(ref ValueWriter writer, Release value) => writer.WriteText(value.Text);
    public Release Read(in StoredValue stored) => new();
}
public sealed class NumberCodec : ICacheCodec<int>
{
    public void Write(ref ValueWriter writer, int value) => writer.WriteText("1");
    public int Read(in StoredValue stored) => 1;
}

[CacheClient("releases")]
public partial interface IReleases
{
    [CacheKey("release:{id}")] ValueTask<Release?> GetReleaseAsync(int id, CancellationToken ct = default);
    [CacheKey("number:{id}"), CacheCodec(typeof(NumberCodec))] ValueTask<int?> GetNumberAsync(int id, CancellationToken ct = default);
    [CacheKey("number:{id}")] ValueTask SetNumberAsync(int id, [CacheCodec(typeof(NumberCodec))] int value, TimeSpan expires, CancellationToken ct = default);
}

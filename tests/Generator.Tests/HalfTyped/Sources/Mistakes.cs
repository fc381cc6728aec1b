public sealed class Loop { public object? Any { get; set; } public Action? Act { get; set; } }

[CacheClient("bad prefix", Expires = "soon", Version = -1, Jitter = "200%")]
public partial interface IMistakes
{
    [CacheKey("a:{idd}:{id:Q}")] ValueTask<string> GetOneAsync(int id, int other);
    [CacheKey("b:{loop}")] ValueTask<Loop?> GetTwoAsync(Loop loop, ref int id);
    [CacheKey("c:{id")] ValueTask<Loop?> GetThreeAsync(int id);
    [CacheKey("d:{id}")] ref int GetFour(int id);
    [CacheKey("e:{id}")] ValueTask<Unknown?> GetFiveAsync(Missing id);
    [CacheKey(null)] ValueTask<int?> GetSixAsync();
    [CacheKey] ValueTask<int?> GetSevenAsync();
    [CacheKey("f:{a}{b}"), CacheCodec(null)] ValueTask<int?> GetEightAsync(string a, string b);
    int Nine { get; }
    event Action Ten;
    ValueTask Eleven<T>(T value);
}

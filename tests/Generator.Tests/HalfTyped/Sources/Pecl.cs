[CacheClient("php", KeyPolicy = KeyPolicy.Pecl)]
public partial interface IPhp
{
    [CacheKey("session:{id}")] ValueTask<string?> GetSessionAsync([KeyPart(MaxLength = 32)] string id, CancellationToken ct = default);
    [CacheKey("session:{id}", Expires = "24m")] ValueTask SetSessionAsync([KeyPart(MaxLength = 32)] string id, string text, CancellationToken ct = default);
    [CacheKey(@"flag:{name}:{on}")] ValueTask<bool?> GetFlagAsync(char name, bool on, CancellationToken ct = default);
    [CacheKey("""rate:{a:F2}:{b:R}""")] ValueTask<double?> GetRateAsync(decimal a, double b, CancellationToken ct = default);
}

public sealed record Page(string Title, Part[] Parts) { public Part? First { get; init; } }
public sealed record Part(string Html, IReadOnlyDictionary<string, string>? Attributes);

[CacheClient("pages", Schema = true, Version = 3, Expires = "1h")]
public partial interface IPages
{
    [CacheKey("page:{path}")] ValueTask<Page> GetOrCreatePageAsync([KeyPart(MaxLength = 70)] string path, Func<string, CancellationToken, ValueTask<Page>> create, CancellationToken ct = default);
    [CacheKey("page:{path}")] ValueTask<bool> DeletePageAsync([KeyPart(MaxLength = 70)] string path, CancellationToken ct = default);
    [CacheKey("hits:{path}", Schema = false)] ValueTask<ulong> IncrementHitsAsync([KeyPart(MaxLength = 70)] string path, CancellationToken ct = default);
}

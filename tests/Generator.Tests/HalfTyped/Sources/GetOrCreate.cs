public sealed class Profile { public required string Name { get; init; } public DateTimeOffset Born { get; init; } public Uri? Site { get; init; } }

[CacheClient("people", Expires = "1h", Stale = "10m", FailSafe = "1m", LeaseTime = "5s", LeaseWait = "2s")]
public partial interface IPeople
{
    [CacheKey("profile:{id}")] ValueTask<Profile> GetOrCreateProfileAsync(long id, Func<long, CancellationToken, ValueTask<Profile>> create, CancellationToken ct = default);
    [CacheKey("friends:{id}:{page}")] Task<List<long>> GetOrCreateFriendsAsync(long id, int page, Func<long, int, CancellationToken, ValueTask<List<long>>> create, CancellationToken ct = default);
    [CacheKey("name:{id}", CacheNull = true)] ValueTask<Profile?> GetOrCreateMaybeAsync(long id, Func<CancellationToken, ValueTask<CacheItem<Profile?>>> create, CancellationToken ct = default);
    [CacheKey("profile:{id}")] ValueTask<bool> InvalidateProfileAsync(long id, CancellationToken ct = default);
}

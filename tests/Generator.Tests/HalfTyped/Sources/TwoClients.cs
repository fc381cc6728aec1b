public sealed record User(int Id);

[CacheClient("users")]
public partial interface IUsers
{
    [CacheKey("user:{id}")] ValueTask<User?> GetUserAsync(int id, CancellationToken ct = default);
}

[CacheClient("users2", Expires = "1h")]
public partial interface IMoreUsers : IUsers
{
    [CacheKey("user:{id}")] ValueTask SetUserAsync(int id, User user, CancellationToken ct = default);
    [CacheKey("user:{user.Id}", Operation = CacheOperation.Set)] Task Keep(User user, CancellationToken ct = default);
}

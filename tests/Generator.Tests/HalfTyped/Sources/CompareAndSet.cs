public sealed record Account(Guid Id) { public decimal Balance { get; init; } public IReadOnlyList<string> Tags { get; init; } = []; }

[CacheClient("bank", KeyPolicy = TypedCache.Keys.KeyPolicy.Reject)]
public partial interface IBank
{
    [CacheKey("account:{id}", Expires = "1d")] ValueTask<CacheValue<Account>> GetAccountAsync(Guid id, CancellationToken ct = default);
    [CacheKey("account:{id}", Expires = "1d")] ValueTask<CasResult> CompareAndSetAccountAsync(Guid id, Account value, CacheValue<Account> read, CancellationToken ct = default);
    [CacheKey("account:{id}", Expires = "1d")] ValueTask<bool> CompareAndSetAsync(Guid id, Account value, ulong cas, CancellationToken ct = default);
    [CacheKey("account:{id}", Expires = "1d")] ValueTask<bool> AddAccountAsync(Guid id, Account value, TimeSpan? expires, CancellationToken ct = default);
    [CacheKey("account:{id}", Expires = "1d")] ValueTask<bool> ReplaceAccountAsync(Guid id, Account value, CacheExpiry expires, CancellationToken ct = default);
}

using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>An operation, the whole reply to it, and the answer which the caller gets from that.</summary>
/// <param name="Name">What the test is called.</param>
/// <param name="Run">Runs the operation and gives its answer as text.</param>
/// <param name="Reply">Makes the reply from the opaque token.</param>
/// <param name="Answer">The answer to the whole reply.</param>
internal sealed record ReplyKind(
    string Name, Func<MemcachedPool, CancellationToken, Task<string>> Run, Func<string, string> Reply, string Answer)
{
    private const string Key = "the-key";

    /// <summary>One for each form of reply.</summary>
    public static IReadOnlyList<ReplyKind> All { get; } =
    [
        new("value", async (pool, token) => $"{await pool.GetAsync(Key, CacheCodecs.String, token)}", opaque => $"VA 5 f0 {opaque}\r\nhello\r\n", "hello"),
        new("empty value", async (pool, token) => $"{(await pool.GetValueAsync(Key, CacheCodecs.String, token)).Found}", opaque => $"VA 0 f0 c12 {opaque}\r\n\r\n", "True"),
        new("value with line ends", async (pool, token) => $"{await pool.GetAsync(Key, CacheCodecs.String, token)}", opaque => $"VA 9 f0 {opaque}\r\n\r\nEN\r\n\r\nx\r\n", "\r\nEN\r\n\r\nx"),
        new("miss", async (pool, token) => $"{(await pool.GetValueAsync(Key, CacheCodecs.String, token)).Found}", opaque => $"EN {opaque}\r\n", "False"),
        new("stored", async (pool, token) => $"{await pool.AddAsync(Key, "v", CacheCodecs.String, cancellationToken: token)}", opaque => $"HD {opaque}\r\n", "True"),
        new("not stored", async (pool, token) => $"{await pool.AddAsync(Key, "v", CacheCodecs.String, cancellationToken: token)}", opaque => $"NS {opaque}\r\n", "False"),
        new("exists", async (pool, token) => $"{await pool.CompareAndSetAsync(Key, "v", 3, CacheCodecs.String, cancellationToken: token)}", opaque => $"EX {opaque}\r\n", "Changed"),
        new("not found", async (pool, token) => $"{await pool.DeleteAsync(Key, token)}", opaque => $"NF {opaque}\r\n", "False"),
        new("number", async (pool, token) => $"{await pool.IncrementAsync(Key, 1, token)}", opaque => $"VA 4 {opaque}\r\n1234\r\n", "1234"),
        new("batch", async (pool, token) => Text(await pool.GetManyAsync(["a", "b", "c"], CacheCodecs.String, token)), _ => "VALUE a 0 3\r\none\r\nVALUE c 0 5\r\nthree\r\nEND\r\n", "a=one c=three"),
        new("statistics", async (pool, token) => Text(await pool.GetStatsAsync(cancellationToken: token)), _ => "STAT pid 7\r\nSTAT name of a server\r\nEND\r\n", "name=of a server pid=7"),
    ];

    public override string ToString() => Name;

    private static string Text(IReadOnlyDictionary<string, string> values) =>
        string.Join(' ', values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Text(IReadOnlyList<ServerReply<IReadOnlyDictionary<string, string>>> replies) =>
        replies[0].Error is { } error ? throw error : Text(replies[0].Value!);
}

using System.Text;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>Every kind of write, by name; all leave an item under the key, and ask for more time than a spare gives.</summary>
internal static class SpareWrite
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly CacheExpiry Long = CacheExpiry.After(TimeSpan.FromHours(1));

    private static readonly GetOrCreateOptions Stale = new()
    {
        Expires = TimeSpan.FromHours(1),
        Stale = TimeSpan.FromHours(1),
        FailSafe = TimeSpan.FromHours(1),
        LeaseTime = TimeSpan.FromMinutes(1),
    };

    public static string[] Names { get; } =
    [
        "set", "set for ever", "set until 40 days from now", "add", "replace", "append", "prepend", "compare and set", "touch", "touch for ever", "get and touch",
        "counter", "counter for ever", "count down", "item", "set many", "add many", "touch many", "compare and set many", "created", "created for ever", "created many", "invalidate", "keep",
    ];

    /// <summary>Writes a key that is given as it is.</summary>
    public static void WholeKey(ref CacheKeyWriter writer, int state, string key) => writer.AppendLiteral(Encoding.UTF8.GetBytes(key));

    public static async Task RunAsync(string name, MemcachedPool pool, string key, CancellationToken token)
    {
        switch (name)
        {
            case "set":
                await pool.SetAsync(key, "v", Text, Long, token);
                break;
            case "set for ever":
                await pool.SetAsync(key, "v", Text, cancellationToken: token);
                break;
            case "set until 40 days from now":
                await pool.SetAsync(key, "v", Text, CacheExpiry.After(TimeSpan.FromDays(40)), token);
                break;
            case "add":
                await pool.DeleteAsync(key, token);
                await pool.AddAsync(key, "v", Text, Long, token);
                break;
            case "replace":
                await pool.SetAsync(key, "v", Text, cancellationToken: token);
                await pool.ReplaceAsync(key, "w", Text, cancellationToken: token);
                break;
            case "append":
                await pool.SetAsync(key, "v", Text, Long, token);
                await pool.AppendAsync(key, "w", Text, token);
                break;
            case "prepend":
                await pool.SetAsync(key, "v", Text, Long, token);
                await pool.PrependAsync(key, "w", Text, token);
                break;
            case "compare and set":
                await pool.SetAsync(key, "v", Text, Long, token);
                if (await pool.GetValueAsync(key, Text, token) is { Found: true } found)
                {
                    await pool.CompareAndSetAsync(key, "w", found.Cas, Text, cancellationToken: token);
                }

                break;
            case "touch":
                await pool.SetAsync(key, "v", Text, CacheExpiry.FromSeconds(2), token);
                await pool.TouchAsync(key, Long, token);
                break;
            case "touch for ever":
                await pool.SetAsync(key, "v", Text, CacheExpiry.FromSeconds(2), token);
                await pool.TouchAsync(key, CacheExpiry.Never, token);
                break;
            case "get and touch":
                await pool.SetAsync(key, "v", Text, CacheExpiry.FromSeconds(2), token);
                await pool.GetAndTouchAsync(key, Text, Long, token);
                break;
            default:
                await RunOtherAsync(name, pool, key, token);
                break;
        }
    }

    private static async Task RunOtherAsync(string name, MemcachedPool pool, string key, CancellationToken token)
    {
        switch (name)
        {
            case "counter":
                await pool.DeleteAsync(key, token);
                await pool.IncrementAsync(key, 1, initial: 7, Long, token);
                break;
            case "counter for ever":
                await pool.DeleteAsync(key, token);
                await pool.IncrementAsync(key, 1, initial: 7, cancellationToken: token);
                await pool.IncrementAsync(key, 1, token);
                break;
            case "count down":
                await pool.DeleteAsync(key, token);
                await pool.DecrementAsync(key, 1, initial: 7, Long, token);
                break;
            case "item":
                await pool.SetItemAsync(key, "v"u8.ToArray(), static (writer, bytes) => System.Buffers.BuffersExtensions.Write(writer, bytes), 0, Long, token);
                break;
            case "set many":
                await pool.SetManyAsync([KeyValuePair.Create(key, "v")], Text, Long, token);
                break;
            case "add many":
                await pool.DeleteManyAsync([key], token);
                await pool.AddManyAsync([KeyValuePair.Create(key, "v")], Text, cancellationToken: token);
                break;
            case "touch many":
                await pool.SetAsync(key, "v", Text, CacheExpiry.FromSeconds(2), token);
                await pool.TouchManyAsync([key], Long, token);
                break;
            case "compare and set many":
                await pool.SetAsync(key, "v", Text, Long, token);
                if (await pool.GetValueAsync(key, Text, token) is { Found: true } read)
                {
                    await pool.CompareAndSetManyAsync([KeyValuePair.Create(key, read.With("w"))], Text, Long, token);
                }

                break;
            case "created":
                await pool.DeleteAsync(key, token);
                await pool.GetOrCreateAsync(key, static _ => ValueTask.FromResult("v"), Text, Stale, cancellationToken: token);
                break;
            case "created for ever":
                await pool.DeleteAsync(key, token);
                await pool.GetOrCreateAsync(key, static _ => ValueTask.FromResult("v"), Text, Stale, CacheExpiry.Never, token);
                break;
            case "created many":
                await pool.DeleteAsync(key, token);
                await pool.GetOrCreateManyAsync(
                    [key], 0, WholeKey, KeyPolicy.Reject, static (keys, _) => ValueTask.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(static each => each)), Text, Stale, cancellationToken: token);
                break;
            case "invalidate":
                await pool.SetAsync(key, "v", Text, CacheExpiry.FromSeconds(2), token);
                await pool.InvalidateAsync(key, TimeSpan.FromHours(1), token);
                await LeaveAnItemAsync(pool, key, token);
                break;
            default:
                await KeepAsync(pool, key, token);
                break;
        }
    }

    // The refresh of a stale value fails, and the value is kept.
    private static async Task KeepAsync(MemcachedPool pool, string key, CancellationToken token)
    {
        await pool.SetAsync(key, "v", Text, CacheExpiry.FromSeconds(2), token);
        await pool.InvalidateAsync(key, TimeSpan.FromHours(1), token);
        try
        {
            await pool.GetOrCreateAsync(key, static _ => throw new InvalidOperationException("no database"), Text, Stale, cancellationToken: token);
        }
        catch (InvalidOperationException)
        {
            // Where the classic protocol has removed it.
        }

        while (pool.WaitingForCreation > 0)
        {
            await Task.Delay(1, token);
        }

        await LeaveAnItemAsync(pool, key, token);
    }

    // The classic protocol cannot mark a value as stale, and removes it.
    private static async Task LeaveAnItemAsync(MemcachedPool pool, string key, CancellationToken token)
    {
        if (!await pool.ExistsAsync(key, token))
        {
            await pool.SetAsync(key, "v", Text, Long, token);
        }
    }
}

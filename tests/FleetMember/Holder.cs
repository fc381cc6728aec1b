using TypedCache.Values;

namespace TypedCache.FleetMember;

/// <summary>Wins a lease and keeps it until the process is killed.</summary>
internal static class Holder
{
    private static readonly GetOrCreateOptions Options = new()
    {
        Stale = TimeSpan.FromMinutes(5),
        LeaseTime = TimeSpan.FromSeconds(2),
    };

    public static async Task RunAsync(MemcachedPool pool, string key)
    {
        await pool.GetOrCreateAsync(key, NeverEndAsync, CacheCodecs.String, Options);

        // There was a stale value: what never ends is the refresh.
        await Task.Delay(Timeout.Infinite);
    }

    private static async ValueTask<string> NeverEndAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("creating");
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "";
    }
}

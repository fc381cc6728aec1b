using System.Reflection;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>
/// Takes the opaque tokens away from a pool's requests, to see what they cost. No setting does that: nobody should want it.
/// </summary>
internal static class OpaqueTokens
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>A pool of one server whose requests have none.</summary>
    public static MemcachedPool TakeFrom(TestBed bed)
    {
        var pool = bed.Connect(1);
        pool.GetVersionsAsync().AsTask().GetAwaiter().GetResult();
        foreach (var server in pool.Servers)
        {
            var link = Read(server, "Link");
            var connection = link.GetType().GetField("_connection", Any)!.GetValue(link)!;
            var protocol = connection.GetType().GetProperty("Protocol", Any)!;
            protocol.SetValue(connection, protocol.GetValue(connection)!.GetType().GetField("Unverified", Any)!.GetValue(null));
        }

        return pool;
    }

    private static object Read(object from, string property) => from.GetType().GetProperty(property, Any)!.GetValue(from)!;
}

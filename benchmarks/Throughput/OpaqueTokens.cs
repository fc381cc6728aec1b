using System.Reflection;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>
/// Takes the opaque tokens away from a pool's requests, to see what they cost. No setting does that: nobody should want it.
/// </summary>
internal static class OpaqueTokens
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Switches the pool's open connections over.</summary>
    public static void TakeFrom(MemcachedPool pool)
    {
        foreach (var server in pool.Servers)
        {
            var link = Read(server, "Link");
            var connection = link.GetType().GetField("_connection", Any)!.GetValue(link)!;
            var protocol = connection.GetType().GetProperty("Protocol", Any)!;
            protocol.SetValue(connection, protocol.GetValue(connection)!.GetType().GetField("Unverified", Any)!.GetValue(null));
        }
    }

    private static object Read(object from, string property) => from.GetType().GetProperty(property, Any)!.GetValue(from)!;
}

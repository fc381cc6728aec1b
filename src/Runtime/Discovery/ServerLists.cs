namespace TypedCache.Discovery;

/// <summary>Compares lists of servers.</summary>
internal static class ServerLists
{
    /// <summary>Whether both have the same servers in the same order.</summary>
    public static bool AreEqual(IReadOnlyList<MemcachedServerOptions> one, IReadOnlyList<MemcachedServerOptions>? other)
    {
        if (other is null || one.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            if (!Equals(one[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The list, each server once: the first of those with the same host and port.</summary>
    public static MemcachedServerOptions[] WithoutRepeated(IReadOnlyList<MemcachedServerOptions> servers)
    {
        var names = new HashSet<string>(servers.Count);
        var once = new List<MemcachedServerOptions>(servers.Count);
        for (var i = 0; i < servers.Count; i++)
        {
            // What is null is refused by whoever takes the list.
            if (servers[i] is not { } server || names.Add(server.Name))
            {
                once.Add(servers[i]);
            }
        }

        return once.ToArray();
    }
}

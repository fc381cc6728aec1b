using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using TypedCache.Tool;

namespace Aspire.Hosting.Nodes;

/// <summary>The limits of a cluster as arguments of a server. memcached and <c>typedcache serve</c> have the same letters.</summary>
internal static class NodeArguments
{
    private const int DefaultMemoryLimit = 64;

    /// <summary>Adds the limits that are set.</summary>
    /// <exception cref="DistributedApplicationException">memcached would refuse them.</exception>
    public static void AddLimits(MemcachedResource cluster, IList<object> arguments)
    {
        if (cluster.MemoryLimit is { } megabytes)
        {
            arguments.Add("-m");
            arguments.Add(megabytes.ToString(CultureInfo.InvariantCulture));
        }

        if (cluster.MaxItemSize is { } size)
        {
            RefuseMoreThanHalf(cluster, size);
            arguments.Add("-I");
            arguments.Add(size);
        }
    }

    // memcached.c: "Cannot set item size limit higher than 1/2 of memory max."
    private static void RefuseMoreThanHalf(MemcachedResource cluster, string size)
    {
        var memory = cluster.MemoryLimit ?? DefaultMemoryLimit;
        if (ByteSize.TryParse(size, out var bytes) && bytes > (long)memory * ByteSize.Mega / 2)
        {
            throw new DistributedApplicationException(
                $"'{cluster.Name}' takes items up to {size}, which is more than half of its memory limit of {memory} MB. memcached refuses that: raise {nameof(MemcachedBuilderExtensions.WithMemoryLimit)}.");
        }
    }
}

using Aspire.Hosting.Nodes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A cluster of memcached servers that clients see as one cache. Its connection string is the list of all servers,
/// <c>host:port,host:port</c>; each server is a resource of its own, see <see cref="Nodes"/>.
/// </summary>
public sealed class MemcachedResource : Resource, IResourceWithConnectionString
{
    internal MemcachedResource(string name)
        : base(name)
    {
    }

    /// <summary>The servers, in the order of the connection string.</summary>
    public IReadOnlyList<IMemcachedNodeResource> Nodes { get; internal set; } = [];

    /// <summary>Megabytes for the items of each server; null is memcached's own default, 64.</summary>
    public int? MemoryLimit { get; internal set; }

    /// <summary>The largest item, such as <c>8m</c>; null is memcached's own default, <c>1m</c>.</summary>
    public string? MaxItemSize { get; internal set; }

    /// <summary>All servers: <c>host:port,host:port</c>.</summary>
    public ReferenceExpression ConnectionStringExpression => ServerList.Of(Nodes);

    /// <summary>All servers as a URI: <c>memcached://host:port,host:port</c>.</summary>
    public ReferenceExpression UriExpression => ServerList.UriOf(Nodes);

    /// <summary>The containers, which stay configurable when they do not run.</summary>
    internal IReadOnlyList<IResourceBuilder<MemcachedNodeResource>> Containers { get; set; } = [];

    /// <summary>The host's port of the first server; null is any.</summary>
    internal int? Port { get; init; }

    /// <summary>How the servers are.</summary>
    internal NodeStates States { get; } = new();

    // Host and port exist for one server only: with more of them they would name a part of the cache.
    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => ServerList.PropertiesOf(Nodes);
}

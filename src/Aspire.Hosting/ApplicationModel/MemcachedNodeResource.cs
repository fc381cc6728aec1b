using Aspire.Hosting.Nodes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A memcached in a container.</summary>
public sealed class MemcachedNodeResource : ContainerResource, IMemcachedNodeResource
{
    internal MemcachedNodeResource(string name)
        : base(name) => PrimaryEndpoint = NodeEndpoint.Of(this);

    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The server as <c>host:port</c>.</summary>
    public ReferenceExpression ConnectionStringExpression => ServerList.Of([this]);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => ServerList.PropertiesOf([this]);
}

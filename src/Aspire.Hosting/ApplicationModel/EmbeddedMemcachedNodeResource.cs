using Aspire.Hosting.Nodes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A process of the tool <c>typedcache serve</c>, which answers like memcached.</summary>
public sealed class EmbeddedMemcachedNodeResource : ExecutableResource, IMemcachedNodeResource
{
    internal EmbeddedMemcachedNodeResource(string name, string command, string workingDirectory)
        : base(name, command, workingDirectory) => PrimaryEndpoint = NodeEndpoint.Of(this);

    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The server as <c>host:port</c>.</summary>
    public ReferenceExpression ConnectionStringExpression => ServerList.Of([this]);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => ServerList.PropertiesOf([this]);
}

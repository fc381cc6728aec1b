using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Nodes;

/// <summary>The endpoint of a server.</summary>
internal static class NodeEndpoint
{
    public const string Name = "tcp";

    /// <summary>memcached's port in its container.</summary>
    public const int ContainerPort = 11211;

    public static EndpointReference Of(IResourceWithEndpoints node) => new(node, Name);
}

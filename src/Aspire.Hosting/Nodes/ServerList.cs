using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Nodes;

/// <summary>Writes servers as clients take them. What a host and a port are is decided where an expression is used.</summary>
internal static class ServerList
{
    private const string UriScheme = "memcached://";

    public static ReferenceExpression Of(IReadOnlyList<IMemcachedNodeResource> nodes) => Joined("", nodes);

    public static ReferenceExpression UriOf(IReadOnlyList<IMemcachedNodeResource> nodes) => Joined(UriScheme, nodes);

    /// <summary>The URI, and host and port of a single server.</summary>
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> PropertiesOf(IReadOnlyList<IMemcachedNodeResource> nodes)
    {
        if (nodes.Count == 1)
        {
            var endpoint = nodes[0].PrimaryEndpoint;
            yield return new("Host", ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Host)}"));
            yield return new("Port", ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Port)}"));
        }

        yield return new("Uri", UriOf(nodes));
    }

    private static ReferenceExpression Joined(string start, IReadOnlyList<IMemcachedNodeResource> nodes)
    {
        var list = new ReferenceExpressionBuilder();
        list.AppendLiteral(start);
        for (var i = 0; i < nodes.Count; i++)
        {
            list.AppendLiteral(i == 0 ? "" : ",");
            list.Append($"{nodes[i].PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
        }

        return list.Build();
    }
}

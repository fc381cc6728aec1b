using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedCache.Tool;

namespace Aspire.Hosting;

/// <summary>Adds memcached to an application model.</summary>
public static class MemcachedBuilderExtensions
{
    private const int MaxNodes = 64;

    /// <summary>
    /// Adds a cluster of memcached servers: a container for each (<c>name-1</c>, <c>name-2</c> ...) and one connection string with all of
    /// them, which <c>builder.AddTypedCache("name")</c> of the package TypedCache.Hosting reads.
    /// </summary>
    /// <param name="builder">The application builder.</param>
    /// <param name="name">The name of the resource and of its connection string.</param>
    /// <param name="nodes">How many servers, 1 to 64.</param>
    /// <param name="port">
    /// The host's port of the first server, the others get the next ones; null for any free ports, behind Aspire's proxy. With a port a
    /// server that is stopped refuses connections, as anywhere; the proxy accepts them and says nothing.
    /// </param>
    /// <remarks>
    /// It is running once all servers are. Its health check asks them for their version: healthy when all answer, degraded when some do.
    /// In the dashboard it has the commands Flush and Stats, and Stop and Start for each server.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nodes"/> or a port is out of its range.</exception>
    public static IResourceBuilder<MemcachedResource> AddMemcached(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int nodes = 1, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nodes, MaxNodes);
        if (port is { } first)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(first, 1, nameof(port));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + nodes - 1, ushort.MaxValue, nameof(port));
        }

        var cluster = new MemcachedResource(name) { Port = port };
        var added = builder.AddResource(cluster)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "Memcached", State = KnownResourceStates.NotStarted, Properties = [] })
            .WithHealthCheck(AddCheck(builder, name, () => cluster))
            .OnInitializeResource((resource, initialize, cancellationToken) => resource.States.FollowAsync(resource, initialize, cancellationToken));
        cluster.Containers = [.. Enumerable.Range(0, nodes).Select(index => AddContainer(builder, added, index))];
        cluster.Nodes = [.. cluster.Containers.Select(container => container.Resource)];
        ClusterCommands.AddTo(added);
        return added;
    }

    /// <summary>Limits the memory for the items of each server (<c>-m</c>). memcached's own default is 64.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="megabytes">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="megabytes"/> is less than 1.</exception>
    public static IResourceBuilder<MemcachedResource> WithMemoryLimit(this IResourceBuilder<MemcachedResource> builder, int megabytes)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(megabytes, 1);
        builder.Resource.MemoryLimit = megabytes;
        return builder;
    }

    /// <summary>Sets the largest item, key and overhead included (<c>-I</c>). memcached's own default is <c>1m</c>.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="size">Bytes, or a number with the unit <c>k</c> or <c>m</c>: <c>1k</c> to <c>1024m</c>, and at most half of the memory limit.</param>
    /// <exception cref="ArgumentException"><paramref name="size"/> is not such a size.</exception>
    public static IResourceBuilder<MemcachedResource> WithMaxItemSize(this IResourceBuilder<MemcachedResource> builder, string size)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(size);
        if (!ByteSize.TryParse(size, out var bytes) || bytes is < ByteSize.SmallestItem or > ByteSize.LargestItem)
        {
            throw new ArgumentException($"'{size}' is not a size of an item: use 1k to 1024m, such as 512k or 8m.", nameof(size));
        }

        builder.Resource.MaxItemSize = size;
        return builder;
    }

    /// <summary>
    /// Changes the containers, in the way of any container: another image tag, a lifetime, more arguments. Without effect on what
    /// <see cref="RunAsEmbedded"/> runs.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Called for each container, in the order of the servers.</param>
    public static IResourceBuilder<MemcachedResource> ConfigureNodes(
        this IResourceBuilder<MemcachedResource> builder, Action<IResourceBuilder<MemcachedNodeResource>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        foreach (var container in builder.Resource.Containers)
        {
            configure(container);
        }

        return builder;
    }

    /// <summary>
    /// Runs the servers without containers when the application is run locally: each is a process of <c>typedcache serve</c>, which
    /// answers like memcached. What is published has containers all the same.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="toolPath">
    /// The installed tool: <c>typedcache</c> or a path to it. Null runs it by <c>dotnet tool exec</c>, which needs no installation but the
    /// package TypedCache.Tool in a package source.
    /// </param>
    public static IResourceBuilder<MemcachedResource> RunAsEmbedded(this IResourceBuilder<MemcachedResource> builder, string? toolPath = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            return builder;
        }

        foreach (var node in builder.Resource.Nodes)
        {
            builder.ApplicationBuilder.Resources.Remove(node);
        }

        var tool = toolPath is null ? EmbeddedTool.FromPackage() : EmbeddedTool.Installed(toolPath);
        var fetch = toolPath is null ? new ToolFetch(tool, builder.ApplicationBuilder.AppHostDirectory) : null;
        builder.Resource.Nodes = [.. Enumerable.Range(0, builder.Resource.Nodes.Count).Select(index => AddProcess(builder, tool, fetch, index))];
        return builder;
    }

    private static IResourceBuilder<MemcachedNodeResource> AddContainer(IDistributedApplicationBuilder builder, IResourceBuilder<MemcachedResource> cluster, int index)
    {
        var node = new MemcachedNodeResource(NameOf(cluster.Resource, index));
        return builder.AddResource(node)
            .WithImage(MemcachedImage.Image, MemcachedImage.Tag)
            .WithImageRegistry(MemcachedImage.Registry)
            .WithEndpoint(NodeEndpoint.Name, endpoint => Configure(endpoint, cluster.Resource, index, NodeEndpoint.ContainerPort))
            .WithArgs(context => NodeArguments.AddLimits(cluster.Resource, context.Args))
            .WithHealthCheck(AddCheck(builder, node.Name, () => cluster.Resource.Nodes[index]))
            .WithParentRelationship(cluster.Resource);
    }

    private static EmbeddedMemcachedNodeResource AddProcess(IResourceBuilder<MemcachedResource> cluster, EmbeddedTool tool, ToolFetch? fetch, int index)
    {
        var builder = cluster.ApplicationBuilder;
        var node = new EmbeddedMemcachedNodeResource(NameOf(cluster.Resource, index), tool.Command, builder.AppHostDirectory);
        builder.AddResource(node)
            .WithEndpoint(NodeEndpoint.Name, endpoint => Configure(endpoint, cluster.Resource, index, targetPort: null))
            .WithArgs([.. tool.Arguments, "serve", "-p"])
            .WithArgs(context => context.Args.Add(node.PrimaryEndpoint.Property(EndpointProperty.TargetPort)))
            .WithArgs(context => NodeArguments.AddLimits(cluster.Resource, context.Args))
            .WithHealthCheck(CheckOf(node.Name))
            .WithParentRelationship(cluster.Resource)
            .OnBeforeResourceStarted((_, _, cancellationToken) => fetch?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return node;
    }

    private static string AddCheck(IDistributedApplicationBuilder builder, string name, Func<IResourceWithConnectionString> resource)
    {
        var key = CheckOf(name);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, _ => new NodeHealthCheck(resource), failureStatus: null, tags: null));
        return key;
    }

    private static string CheckOf(string name) => $"{name}_check";

    private static string NameOf(MemcachedResource cluster, int index) => $"{cluster.Name}-{index + 1}";

    // Aspire's proxy keeps the port of a server that is stopped, and answers nothing there. Without it clients see what they see of a
    // real server that is gone; that takes a port that is the same after the next start.
    private static void Configure(EndpointAnnotation endpoint, MemcachedResource cluster, int index, int? targetPort)
    {
        endpoint.UriScheme = endpoint.Transport = NodeEndpoint.Name;
        endpoint.Port = cluster.Port + index;
        endpoint.TargetPort = targetPort ?? endpoint.Port;
        endpoint.IsProxied = cluster.Port is null;
    }
}

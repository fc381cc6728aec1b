using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace TypedCache.AppHostTests;

/// <summary>What <c>AddMemcached</c> puts into an application model.</summary>
public sealed class ModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_node_is_a_container_of_memcached()
    {
        var builder = Models.ToRun();

        var cache = builder.AddMemcached("cache", nodes: 3);

        Assert.Equal(["cache", "cache-1", "cache-2", "cache-3"], builder.Resources.Select(resource => resource.Name));
        Assert.Equal(cache.Resource.Nodes, builder.Resources.OfType<IMemcachedNodeResource>());
        Assert.All(cache.Resource.Nodes, node =>
        {
            var image = Assert.Single(node.Annotations.OfType<ContainerImageAnnotation>());
            Assert.Equal(("docker.io", "library/memcached", "1.6"), (image.Registry, image.Image, image.Tag));
            var endpoint = Assert.Single(node.Annotations.OfType<EndpointAnnotation>());
            Assert.Equal(("tcp", "tcp", 11211, null, true), (endpoint.Name, endpoint.UriScheme, endpoint.TargetPort, endpoint.Port, endpoint.IsProxied));
            var parent = Assert.Single(node.Annotations.OfType<ResourceRelationshipAnnotation>(), relation => relation.Type == "Parent");
            Assert.Same(cache.Resource, parent.Resource);
        });
    }

    [Fact]
    public void A_fixed_port_is_that_of_the_first_node_and_without_proxy()
    {
        var cache = Models.ToRun().AddMemcached("cache", nodes: 2, port: 21211);
        Assert.Equal([(21211, 11211, false), (21212, 11211, false)], Endpoints(cache.Resource));

        cache.RunAsEmbedded();
        Assert.Equal([(21211, 21211, false), (21212, 21212, false)], Endpoints(cache.Resource));
    }

    [Fact]
    public async Task Limits_are_memcacheds_arguments()
    {
        var builder = Models.ToRun();
        var plain = builder.AddMemcached("plain");
        var limited = builder.AddMemcached("limited", nodes: 2).WithMaxItemSize("8m").WithMemoryLimit(256);

        Assert.Empty(await builder.ArgumentsAsync(plain.Resource.Nodes[0]));
        foreach (var node in limited.Resource.Nodes)
        {
            Assert.Equal(["-m", "256", "-I", "8m"], await builder.ArgumentsAsync(node));
        }
    }

    [Fact]
    public async Task Limits_that_memcached_refuses_are_refused()
    {
        var builder = Models.ToRun();
        var cache = builder.AddMemcached("cache").WithMaxItemSize("40m");
        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => builder.ArgumentsAsync(cache.Resource.Nodes[0]));

        Assert.Contains("WithMemoryLimit", refused.Message, StringComparison.Ordinal);
        cache.WithMemoryLimit(80);
        Assert.Equal(["-m", "80", "-I", "40m"], await builder.ArgumentsAsync(cache.Resource.Nodes[0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("8g")]
    [InlineData("8 m")]
    [InlineData("1023")]
    [InlineData("1025m")]
    [InlineData("-1m")]
    [InlineData("9223372036854775807m")]
    public void A_size_that_is_none_is_refused(string size) =>
        Assert.Throws<ArgumentException>(() => Models.ToRun().AddMemcached("cache").WithMaxItemSize(size));

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        var builder = Models.ToRun();

        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddMemcached("cache", nodes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddMemcached("cache", nodes: 65));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddMemcached("cache", nodes: 2, port: 65535));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddMemcached("cache").WithMemoryLimit(0));
        Assert.Single(builder.Resources, resource => resource.Name == "cache");
    }

    [Fact]
    public async Task One_connection_string_names_all_nodes()
    {
        var cache = Models.ToRun().AddMemcached("cache", nodes: 3).Resource;
        Assert.Equal(
            "{cache-1.bindings.tcp.host}:{cache-1.bindings.tcp.port},{cache-2.bindings.tcp.host}:{cache-2.bindings.tcp.port},{cache-3.bindings.tcp.host}:{cache-3.bindings.tcp.port}",
            cache.ConnectionStringExpression.ValueExpression);

        cache.Allocate(20001, 20002, 20003);

        var servers = await cache.ConnectionStringExpression.GetValueAsync(Cancel);
        Assert.Equal("127.0.0.1:20001,127.0.0.1:20002,127.0.0.1:20003", servers);
        await using var pool = MemcachedPool.Connect(servers!);
        Assert.Equal([20001, 20002, 20003], pool.Servers.Select(server => int.Parse(server.Name.Split(':')[1], null)));
        Assert.Equal("127.0.0.1:20002", await ((IResourceWithConnectionString)cache.Nodes[1]).GetConnectionStringAsync(Cancel));
    }

    [Fact]
    public async Task A_consumer_in_a_container_gets_the_names_of_the_containers()
    {
        var builder = Models.ToRun();
        var cache = builder.AddMemcached("cache", nodes: 2);
        var consumer = builder.AddContainer("shop", "shop").WithReference(cache);

        var expression = Assert.IsAssignableFrom<IManifestExpressionProvider>((await VariablesAsync(builder, consumer.Resource))["ConnectionStrings__cache"]);

        Assert.Equal("{cache.connectionString}", expression.ValueExpression);
    }

    [Fact]
    public async Task Properties_of_a_single_node_are_host_port_and_uri()
    {
        var cache = Models.ToRun().AddMemcached("cache").Resource;
        cache.Allocate(20001);

        Assert.Equal([("Host", "127.0.0.1"), ("Port", "20001"), ("Uri", "memcached://127.0.0.1:20001")], await PropertiesAsync(cache));
    }

    [Fact]
    public async Task Properties_of_several_nodes_name_all_of_them_or_none()
    {
        var cache = Models.ToRun().AddMemcached("cache", nodes: 2).Resource;
        cache.Allocate(20001, 20002);

        Assert.Equal([("Uri", "memcached://127.0.0.1:20001,127.0.0.1:20002")], await PropertiesAsync(cache));
        Assert.Equal([("Host", "127.0.0.1"), ("Port", "20002"), ("Uri", "memcached://127.0.0.1:20002")], await PropertiesAsync(cache.Nodes[1]));
    }

    [Fact]
    public async Task A_reference_sets_the_connection_string_of_the_consumer()
    {
        var builder = Models.ToRun();
        var cache = builder.AddMemcached("cache", nodes: 2);
        var consumer = builder.AddExecutable("shop", "shop", ".").WithReference(cache).WaitFor(cache);
        cache.Resource.Allocate(20001, 20002);

        var variables = await VariablesAsync(builder, consumer.Resource);

        Assert.Equal("127.0.0.1:20001,127.0.0.1:20002", await ((IValueProvider)variables["ConnectionStrings__cache"]).GetValueAsync(Cancel));
        Assert.Equal("memcached://127.0.0.1:20001,127.0.0.1:20002", await ((IValueProvider)variables["CACHE_URI"]).GetValueAsync(Cancel));
        Assert.DoesNotContain("CACHE_HOST", variables.Keys);
        Assert.Contains(consumer.Resource.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource == cache.Resource);
    }

    [Fact]
    public void Containers_are_configured_as_any_other()
    {
        var cache = Models.ToRun().AddMemcached("cache", nodes: 2)
            .ConfigureNodes(node => node.WithImageTag("1.6.39").WithLifetime(ContainerLifetime.Persistent));

        Assert.All(cache.Resource.Nodes, node =>
        {
            Assert.Equal("1.6.39", node.Annotations.OfType<ContainerImageAnnotation>().Single().Tag);
            Assert.Equal(ContainerLifetime.Persistent, node.Annotations.OfType<ContainerLifetimeAnnotation>().Single().Lifetime);
        });
    }

    [Fact]
    public async Task Embedded_nodes_are_processes_of_the_tool_instead_of_containers()
    {
        var builder = Models.ToRun();

        var cache = builder.AddMemcached("cache", nodes: 2).WithMemoryLimit(32).RunAsEmbedded();

        Assert.Equal(["cache", "cache-1", "cache-2"], builder.Resources.Select(resource => resource.Name));
        Assert.Empty(builder.Resources.OfType<ContainerResource>());
        foreach (var node in cache.Resource.Nodes.Cast<EmbeddedMemcachedNodeResource>())
        {
            Assert.Equal("dotnet", node.Command);
            var arguments = await builder.ArgumentsAsync(node);
            var version = typeof(MemcachedPool).Assembly.GetName().Version!.ToString(3);
            Assert.Equal(["tool", "exec", $"TypedCache.Tool@{version}", "--yes", "--", "serve", "-p"], arguments.Take(7));
            Assert.Equal(EndpointProperty.TargetPort, Assert.IsType<EndpointReferenceExpression>(arguments[7]).Property);
            Assert.Equal(["-m", "32"], arguments.Skip(8));
        }
    }

    [Fact]
    public async Task An_installed_tool_is_run_by_its_path()
    {
        var builder = Models.ToRun();
        var cache = builder.AddMemcached("cache").RunAsEmbedded("/opt/typedcache");

        var node = Assert.IsType<EmbeddedMemcachedNodeResource>(Assert.Single(cache.Resource.Nodes));

        Assert.Equal("/opt/typedcache", node.Command);
        Assert.Equal("serve", (await builder.ArgumentsAsync(node))[0]);
    }

    private static IEnumerable<(int? Port, int? TargetPort, bool IsProxied)> Endpoints(MemcachedResource cluster) => cluster.Nodes
        .Select(node => node.PrimaryEndpoint.EndpointAnnotation)
        .Select(endpoint => (endpoint.Port, endpoint.TargetPort, endpoint.IsProxied));

    private static async Task<List<(string Name, string? Value)>> PropertiesAsync(IResourceWithConnectionString resource)
    {
        var properties = new List<(string, string?)>();
        foreach (var (name, expression) in resource.GetConnectionProperties())
        {
            properties.Add((name, await expression.GetValueAsync(Cancel)));
        }

        return properties;
    }

    private static async Task<Dictionary<string, object>> VariablesAsync(IDistributedApplicationBuilder builder, IResource resource)
    {
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource, cancellationToken: Cancel);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return context.EnvironmentVariables;
    }
}

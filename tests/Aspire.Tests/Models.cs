using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace TypedCache.AppHostTests;

/// <summary>Application models, and what the tests ask of them.</summary>
internal static class Models
{
    /// <summary>A builder of an application that is run.</summary>
    public static IDistributedApplicationBuilder ToRun()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, Args = [] });
        builder.Configuration["DcpPublisher:CliPath"] = typeof(Models).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "DcpCliPath").Value;
        // There has to be one, whether it is used or not.
        builder.Configuration["DcpPublisher:DashboardPath"] = "unused";
        return builder;
    }

    /// <summary>A builder of an application whose manifest is written to a file.</summary>
    public static IDistributedApplicationBuilder ToPublish(string manifest) => DistributedApplication.CreateBuilder(
        new DistributedApplicationOptions { DisableDashboard = true, Args = ["--operation", "publish", "--publisher", "manifest", "--output-path", manifest] });

    /// <summary>Gives the servers addresses, as the orchestrator does when it starts them.</summary>
    public static void Allocate(this MemcachedResource cluster, params IReadOnlyList<int> ports)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            var endpoint = cluster.Nodes[i].PrimaryEndpoint.EndpointAnnotation;
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "127.0.0.1", ports[i], EndpointBindingMode.SingleAddress, $"{ports[i]}");
        }
    }

    /// <summary>The arguments of a server: text, and expressions that are known when it is started.</summary>
    public static async Task<IReadOnlyList<object>> ArgumentsAsync(this IDistributedApplicationBuilder builder, IResource node)
    {
        var arguments = new List<object>();
        var context = new CommandLineArgsCallbackContext(arguments, node, TestContext.Current.CancellationToken) { ExecutionContext = builder.ExecutionContext };
        foreach (var callback in node.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return arguments;
    }

    /// <summary>The command of that name in the dashboard.</summary>
    public static ResourceCommandAnnotation Command(this IResource resource, string name) =>
        resource.Annotations.OfType<ResourceCommandAnnotation>().Single(command => command.Name == name);
}

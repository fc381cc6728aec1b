using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using TypedCache;

namespace Aspire.Hosting.Nodes;

/// <summary>The commands of a cluster in the dashboard.</summary>
internal static class ClusterCommands
{
    public const string Flush = "flush";
    public const string Stats = "stats";

    public static string Stop(int node) => string.Create(CultureInfo.InvariantCulture, $"stop-node-{node}");

    public static string Start(int node) => string.Create(CultureInfo.InvariantCulture, $"start-node-{node}");

    /// <summary>Adds all commands.</summary>
    public static void AddTo(IResourceBuilder<MemcachedResource> builder)
    {
        var cluster = builder.Resource;
        builder.WithCommand(Flush, "Flush", context => FlushAsync(cluster, context), new CommandOptions
        {
            Description = "Remove all values from all servers.",
            ConfirmationMessage = $"Remove all values from {cluster.Name}?",
            IconName = "Broom",
            UpdateState = WhileAnyRuns,
        });
        builder.WithCommand(Stats, "Stats", context => ShowStatsAsync(cluster, context), new CommandOptions
        {
            Description = "Show the statistics of all servers side by side.",
            IconName = "ChartMultiple",
            UpdateState = WhileAnyRuns,
        });
        for (var node = 1; node <= cluster.Nodes.Count; node++)
        {
            AddStopAndStart(builder, node);
        }

        ResourceCommandState WhileAnyRuns(UpdateCommandStateContext _) =>
            cluster.Nodes.Any(cluster.States.IsRunning) ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
    }

    private static void AddStopAndStart(IResourceBuilder<MemcachedResource> builder, int number)
    {
        var cluster = builder.Resource;
        builder.WithCommand(Stop(number), $"Stop node {number}", context => RunAsync(cluster.Nodes[number - 1], KnownResourceCommands.StopCommand, context), new CommandOptions
        {
            Description = $"Stop server {number}, to see how clients do without it.",
            IconName = "Stop",
            UpdateState = _ => cluster.States.IsRunning(cluster.Nodes[number - 1]) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
        });
        builder.WithCommand(Start(number), $"Start node {number}", context => RunAsync(cluster.Nodes[number - 1], KnownResourceCommands.StartCommand, context), new CommandOptions
        {
            Description = $"Start server {number} again, empty.",
            IconName = "Play",
            UpdateState = _ => cluster.States.IsStopped(cluster.Nodes[number - 1]) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
        });
    }

    private static Task<ExecuteCommandResult> RunAsync(IResource node, string command, ExecuteCommandContext context) =>
        context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(node, command, context.CancellationToken);

    private static async Task<ExecuteCommandResult> FlushAsync(MemcachedResource cluster, ExecuteCommandContext context)
    {
        try
        {
            await using var pool = await NodeConnection.OpenAsync(cluster, context.CancellationToken).ConfigureAwait(false);
            await pool.FlushAsync(cancellationToken: context.CancellationToken).ConfigureAwait(false);
            return CommandResults.Success(pool.Servers.Count == 1 ? "The server is empty." : $"All {pool.Servers.Count} servers are empty.");
        }
        catch (MemcachedException exception)
        {
            return CommandResults.Failure(exception.Message);
        }
    }

    private static async Task<ExecuteCommandResult> ShowStatsAsync(MemcachedResource cluster, ExecuteCommandContext context)
    {
        await using var pool = await NodeConnection.OpenAsync(cluster, context.CancellationToken).ConfigureAwait(false);
        var replies = await pool.GetStatsAsync(cancellationToken: context.CancellationToken).ConfigureAwait(false);
        var answered = replies.Count(reply => reply.Answered);
        return answered == 0
            ? CommandResults.Failure(string.Join("; ", replies.Select(reply => reply.Error!.Message)))
            : CommandResults.Success($"{answered} of {replies.Count} servers answered.", new CommandResultData
            {
                Value = StatsTable.Write([.. cluster.Nodes.Select(node => node.Name)], [.. replies.Select(reply => reply.Value)]),
                Format = CommandResultFormat.Markdown,
                DisplayImmediately = true,
            });
    }
}

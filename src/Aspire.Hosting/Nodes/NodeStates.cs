using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Nodes;

/// <summary>The states of a cluster's servers, of which the state of the cluster itself is made.</summary>
internal sealed class NodeStates
{
    private const string NodesProperty = "memcached.nodes";

    private readonly ConcurrentDictionary<IResource, string> _states = [];
    private bool _hasRun;

    public bool IsRunning(IResource node) => _states.GetValueOrDefault(node) == KnownResourceStates.Running;

    public bool IsStopped(IResource node) =>
        _states.TryGetValue(node, out var state) && (state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state));

    /// <summary>Notes the state of a server.</summary>
    public void Set(IResource node, string state) => _states[node] = state;

    /// <summary>Publishes the cluster's state with each change of a server's, until the application stops.</summary>
    public async Task FollowAsync(MemcachedResource cluster, InitializeResourceEvent initialize, CancellationToken cancellationToken)
    {
        var stopping = initialize.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        var announced = false;
        try
        {
            await foreach (var change in initialize.Notifications.WatchAsync(end.Token).ConfigureAwait(false))
            {
                if (change.Resource is not IMemcachedNodeResource node || !cluster.Nodes.Contains(node))
                {
                    continue;
                }

                Set(node, change.Snapshot.State?.Text ?? "");
                if (!announced && cluster.Nodes.All(each => each.PrimaryEndpoint.IsAllocated))
                {
                    announced = true;
                    await initialize.Eventing.PublishAsync(new ConnectionStringAvailableEvent(cluster, initialize.Services), end.Token).ConfigureAwait(false);
                }

                await initialize.Notifications.PublishUpdateAsync(cluster, snapshot => Updated(snapshot, cluster.Nodes)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    /// <summary>
    /// The state of the whole: running once all servers are, and as long as any is; the health check tells of those that are missing.
    /// </summary>
    public string Combined(IReadOnlyList<IMemcachedNodeResource> nodes)
    {
        var running = nodes.Count(IsRunning);
        _hasRun |= running == nodes.Count;
        if (_hasRun && running > 0)
        {
            return KnownResourceStates.Running;
        }

        if (nodes.Any(node => _states.GetValueOrDefault(node) == KnownResourceStates.FailedToStart))
        {
            return KnownResourceStates.FailedToStart;
        }

        return nodes.All(IsStopped) ? WhenAllAreStopped(nodes) : KnownResourceStates.Starting;
    }

    private string WhenAllAreStopped(IReadOnlyList<IMemcachedNodeResource> nodes) =>
        nodes.All(node => _states[node] == KnownResourceStates.NotStarted) ? KnownResourceStates.NotStarted : KnownResourceStates.Exited;

    private CustomResourceSnapshot Updated(CustomResourceSnapshot snapshot, IReadOnlyList<IMemcachedNodeResource> nodes)
    {
        var state = Combined(nodes);
        var runs = state == KnownResourceStates.Running;
        var text = $"{nodes.Count(IsRunning)} of {nodes.Count} running";
        return snapshot with
        {
            State = state,
            StartTimeStamp = runs ? snapshot.StartTimeStamp ?? DateTime.UtcNow : null,
            Properties = [.. snapshot.Properties.RemoveAll(property => property.Name == NodesProperty), new ResourcePropertySnapshot(NodesProperty, text)],
        };
    }
}

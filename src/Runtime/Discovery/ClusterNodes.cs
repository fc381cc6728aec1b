using TypedCache.Pool;

namespace TypedCache.Discovery;

/// <summary>
/// Asks a cluster for its nodes: one of those that are known, each in its turn, and the endpoint at first and where none of them answers.
/// Nodes that know nothing of their cluster, as those of Memorystore, are not asked again.
/// </summary>
/// <param name="endpoint">Where to ask at first.</param>
/// <param name="context">The clock, and how connections are made.</param>
internal sealed class ClusterNodes(MemcachedServerOptions endpoint, DiscoveryContext context)
{
    private const int Attempts = 3;

    // Further ones are likely to be as silent, and each takes its time.
    private const int MaxNodesAsked = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private IReadOnlyList<MemcachedServerOptions> _nodes = [];
    private long _version = -1;
    private bool _nodesKnowNothing;
    private int _turn;

    /// <summary>Asks up to three times.</summary>
    /// <returns>The list, or the last failure.</returns>
    public async Task<ServerListVersion> AskAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && attempt == Attempts)
            {
                return ServerListVersion.Failed(exception);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Pause, context.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ServerListVersion> AskOnceAsync(CancellationToken cancellationToken)
    {
        var count = _nodesKnowNothing ? 0 : Math.Min(_nodes.Count, MaxNodesAsked);
        for (var asked = 0; asked < count && !_nodesKnowNothing; asked++)
        {
            if (await TryAskNodeAsync(_nodes[_turn++ % _nodes.Count], cancellationToken).ConfigureAwait(false) is { } list)
            {
                return Note(list);
            }
        }

        return Note(await AskAsync(endpoint, cancellationToken).ConfigureAwait(false));
    }

    private async Task<ServerListVersion?> TryAskNodeAsync(MemcachedServerOptions node, CancellationToken cancellationToken)
    {
        try
        {
            var list = await AskAsync(node, cancellationToken).ConfigureAwait(false);
            return list.Servers.Count > 0 ? list : null;
        }
        catch (MemcachedServerException)
        {
            _nodesKnowNothing = true;
            return null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private Task<ServerListVersion> AskAsync(MemcachedServerOptions server, CancellationToken cancellationToken)
    {
        var connector = ServerConnectors.Create(server, context.Tls);
        var limit = context.ConnectTimeout();
        return DiscoveryContext.AskAsync($"memcached discovers {server.Name}", () => ConfigQuestion.Ask(server.Name, connector, limit, cancellationToken));
    }

    private ServerListVersion Note(ServerListVersion list)
    {
        // A node that lags may still name one that is gone.
        if (list.Version > _version && list.Servers.Count > 0)
        {
            _version = list.Version.Value;
            _nodes = list.Servers;
        }

        return list;
    }
}

using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TypedCache.Hosting;

/// <summary>Says how the servers of a pool are.</summary>
internal sealed class TypedCacheHealthCheck(MemcachedPool pool, TimeSpan timeout) : IHealthCheck
{
    // A server that answers others needs no question of ours.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var replies = await pool.PingAsync(Idle, timeout, cancellationToken).ConfigureAwait(false);
        var failed = replies.Where(static reply => !reply.Answered).ToList();
        var data = DataOf(replies);
        if (failed.Count == 0)
        {
            return HealthCheckResult.Healthy(replies.Count == 1 ? "The memcached server answers." : $"All {replies.Count} memcached servers answer.", data);
        }

        var status = failed.Count < replies.Count ? HealthStatus.Degraded : context.Registration.FailureStatus;
        var description = $"{failed.Count} of {replies.Count} memcached servers cannot be reached: {string.Join(", ", failed.Select(static reply => reply.Server.Name))}.";
        return new HealthCheckResult(status, description, failed[0].Error, data);
    }

    private Dictionary<string, object> DataOf(IReadOnlyList<ServerReply<TimeSpan?>> replies)
    {
        var data = new Dictionary<string, object>();
        foreach (var (server, _, error) in replies)
        {
            data[$"{server.Name} state"] = (error is null ? server.State : ServerState.Failed).ToString();
            if (server.Version is { } version)
            {
                data[$"{server.Name} version"] = version.ToString();
            }

            if (server.MissedDeletes > 0)
            {
                data[$"{server.Name} missed deletes"] = server.MissedDeletes;
            }

            if ((error ?? server.LastFailure) is { } failure)
            {
                data[$"{server.Name} last failure"] = failure.Message;
            }
        }

        AddDiscovery(data);
        return data;
    }

    // A source that fails is no failure of the servers: the pool goes on with those that it has.
    private void AddDiscovery(Dictionary<string, object> data)
    {
        if (pool.DiscoveryState is not { } discovery)
        {
            return;
        }

        data["discovery source"] = discovery.Source;
        data["discovery state"] = discovery is { LastList: null, Failure: null } ? "Waiting" : discovery.Failure is null ? "Working" : "Failing";
        if (discovery.Version is { } version)
        {
            data["discovery version"] = version;
        }

        if (discovery.LastList is { } time)
        {
            data["discovery last list"] = time.ToString("O", CultureInfo.InvariantCulture);
        }

        if (discovery.Failure is { } failure)
        {
            data["discovery last failure"] = failure.Message;
        }
    }
}

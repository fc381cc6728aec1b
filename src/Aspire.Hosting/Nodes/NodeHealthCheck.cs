using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Nodes;

/// <summary>
/// Asks servers for their version. Healthy when all answer, degraded when some do: the cache works then, and what it had on the others
/// is gone.
/// </summary>
/// <param name="resource">The server or the cluster; asked for with each check.</param>
internal sealed class NodeHealthCheck(Func<IResourceWithConnectionString> resource) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var pool = await NodeConnection.OpenAsync(resource(), cancellationToken).ConfigureAwait(false);
        var replies = await pool.GetVersionsAsync(cancellationToken).ConfigureAwait(false);
        var data = replies.ToDictionary(reply => reply.Server.Name, reply => (object)(reply.Value?.ToString() ?? reply.Error!.Message));
        var silent = replies.Where(reply => !reply.Answered).ToList();
        if (silent.Count == 0)
        {
            return HealthCheckResult.Healthy(data: data);
        }

        var message = string.Join("; ", silent.Select(reply => reply.Error!.Message));
        return silent.Count < replies.Count
            ? HealthCheckResult.Degraded(message, data: data)
            : new HealthCheckResult(context.Registration.FailureStatus, message, data: data);
    }
}

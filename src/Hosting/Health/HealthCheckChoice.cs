using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TypedCache.Hosting;

/// <summary>How the health check of a pool is to be. A later call changes it.</summary>
internal sealed class HealthCheckChoice
{
    public string Name { get; set; } = "";

    public HealthStatus? FailureStatus { get; set; }

    public List<string> Tags { get; } = [];

    public TimeSpan Timeout { get; set; }
}

using TypedCache.Benchmarks.Cluster.Clients;

namespace TypedCache.Cluster.Tests.Model;

/// <summary>The model has the times and limits that the product has by default.</summary>
public sealed class ClientRulesTests
{
    private static readonly MemcachedPoolOptions Pool = new();

    [Fact]
    public void Time_limits_are_those_of_the_pool()
    {
        Assert.Equal(ClientRules.OperationTimeout, Pool.OperationTimeout.Ticks);
        Assert.Equal(ClientRules.ConnectTimeout, Pool.ConnectTimeout.Ticks);
        Assert.Equal(ClientRules.LongestProbeDelay, Pool.RetryInterval.Ticks);
        Assert.Equal(ClientRules.MaxFailoverAttempts, Pool.MaxFailoverAttempts);
    }

    [Fact]
    public void Leases_last_and_are_awaited_as_long_as_in_the_pool()
    {
        Assert.Equal(GetOrCreateOptions.Default.LeaseTime, TimeSpan.FromSeconds(ClientRules.LeaseSeconds));
        Assert.Equal(ClientRules.LeaseWait, GetOrCreateOptions.Default.LeaseWait.Ticks);
    }
}

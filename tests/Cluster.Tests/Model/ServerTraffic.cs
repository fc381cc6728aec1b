namespace TypedCache.Cluster.Tests.Model;

/// <summary>What one server was asked to do.</summary>
/// <param name="Reads">How many times it was read.</param>
/// <param name="Fills">How many values were stored.</param>
/// <param name="Deletes">How many deletes it carried out, whether or not there was a value.</param>
internal readonly record struct ServerTraffic(long Reads, long Fills, long Deletes)
{
    public ServerTraffic Since(ServerTraffic before) => new(Reads - before.Reads, Fills - before.Fills, Deletes - before.Deletes);
}

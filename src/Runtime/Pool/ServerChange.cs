using TypedCache.Hashing;

namespace TypedCache.Pool;

/// <summary>What has changed about the servers of a pool.</summary>
/// <param name="Former">Finds the servers of keys among those before.</param>
/// <param name="Router">Finds them among those that there are now.</param>
/// <param name="Added">Those that there were not before.</param>
/// <param name="Removed">Those that there were.</param>
/// <param name="Ended">Ends when keys have moved, and the removed servers have been closed.</param>
internal sealed record ServerChange(OperationRouter Former, OperationRouter Router, List<MemcachedServer> Added, List<MemcachedServer> Removed, Task Ended)
{
    /// <summary>Finds out which share of the keys has another server now. It takes a millisecond or more.</summary>
    /// <param name="keyPrefix">What every key begins with.</param>
    public double FindMovedShare(ReadOnlySpan<byte> keyPrefix) =>
        Former.Servers[0].IsStandIn ? 0 : MovedShare.Between(Former.Strategy, PlacesOf(Former), Router.Strategy, PlacesOf(Router), keyPrefix);

    private static HashServer[] PlacesOf(OperationRouter router)
    {
        var places = new HashServer[router.ServerCount];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new HashServer(router.Servers[i].Host, router.Servers[i].Port);
        }

        return places;
    }
}

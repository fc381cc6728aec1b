namespace TypedCache.Interop.Tests.Others;

/// <summary>Five memcached servers, an application in another language and a .NET pool on them.</summary>
public sealed class OtherCluster : IDisposable
{
    private readonly FiveServers _servers;

    public OtherCluster(OtherSetup setup)
    {
        _servers = new FiveServers(setup.IsWeighted);
        try
        {
            Other = OtherClient.Start(setup, _servers.List);
        }
        catch
        {
            _servers.Dispose();
            throw;
        }

        var options = setup.CreateOptions();
        options.KeyPrefix = setup.Prefix;
        Pool = _servers.Connect(options);
        Cache = setup.CreateClient(Pool);
    }

    public MemcachedPool Pool { get; }

    /// <summary>The generated client of the pool.</summary>
    public ITextCache Cache { get; }

    public OtherClient Other { get; }

    public string ServerList => _servers.ServerList;

    public void Stop(MemcachedServer server) => _servers.Stop(Pool.Servers.ToList().IndexOf(server));

    /// <summary>Whether a server holds each key: the one that <paramref name="choose"/> takes of those which the pool would ask for it.</summary>
    public bool[] AreHeld(string[] names, Func<IReadOnlyList<MemcachedServer>, MemcachedServer> choose)
    {
        var places = names.Select(Pool.Locate).Select((place, i) => (Index: i, place.WireKey, Server: choose(place.Servers))).ToList();
        var held = new bool[names.Length];
        foreach (var there in places.GroupBy(place => place.Server.Name))
        {
            var answers = _servers.Holds(there.Key, [.. there.Select(place => place.WireKey)]);
            foreach (var (place, answer) in there.Zip(answers))
            {
                held[place.Index] = answer;
            }
        }

        return held;
    }

    /// <summary>Whether each key is on the server which the pool names for it.</summary>
    public bool[] AreHeldAtHome(string[] names) => AreHeld(names, servers => servers[0]);

    public void Dispose()
    {
        Other.Dispose();
        Pool.Dispose();
        _servers.Dispose();
    }
}

using System.Text;
using TypedCache.Hashing;
using TypedCache.Pool.Moves;
using TypedCache.Protocol;

namespace TypedCache.Pool;

/// <summary>
/// Finds the server of a key among those that a pool has at one time: its home unless that has failed, else the first one in the failover order that has not
/// (pecl-memcache 8, memcache_pool.c, <c>mmc_pool_find</c>). It never changes: where the pool gets other servers, another one takes its
/// place, and calls that have begun with this one end with it.
/// </summary>
internal sealed class OperationRouter(
    MemcachedServer[] servers, IHashStrategy strategy, FailoverSequence failover, int maxFailoverAttempts)
{
    private readonly ZonedStrategy? _zones = strategy as ZonedStrategy;

    /// <summary>Which one it is of those that the pool has had, counted from 1.</summary>
    public long Version { get; init; } = 1;

    /// <summary>How many other servers each value is written to.</summary>
    public int Copies { get; init; }

    /// <summary>
    /// Chooses among the spares, which take the keys of servers that have failed; null where there is none. Then no other server takes such
    /// a key, unless it holds the copies.
    /// </summary>
    public OperationRouter? Spares { get; init; }

    /// <summary>The servers, and then the spares.</summary>
    public MemcachedServer[] All => field ??= Spares is null ? servers : [.. servers, .. Spares.Servers];

    /// <summary>Whether the servers are in zones.</summary>
    public bool HasZones => _zones is not null;

    /// <summary>Gives the one that the pool uses now; null where there is never another.</summary>
    public Func<OperationRouter>? Newest { get; set; }

    /// <summary>Where keys were before, or will be; null: nowhere else.</summary>
    public KeyMoves? Moves { get; init; }

    /// <summary>The servers, in the order in which they were given.</summary>
    public MemcachedServer[] Servers => servers;

    /// <summary>Chooses among them, whether or not they have failed.</summary>
    public IHashStrategy Strategy => strategy;

    /// <summary>Whether keys are hashed by the addresses of the servers.</summary>
    public bool UsesAddresses => strategy is IAddressedStrategy { UsesAddresses: true };

    /// <summary>How many servers there are, spares included.</summary>
    public int ServerCount => All.Length;

    /// <summary>Whether a server is one of them.</summary>
    public bool Has(MemcachedServer server) => Array.IndexOf(All, server) >= 0;

    /// <summary>The server of a key as long as none has failed; with zones, in the pool's own.</summary>
    public MemcachedServer FindHome(ReadOnlySpan<byte> key) => servers[strategy.Find(key)];

    /// <summary>Which server takes a key now; null if all candidates have failed.</summary>
    public MemcachedServer? Find(ReadOnlySpan<byte> key) => Find(key, default, out _);

    /// <summary>Which server takes a key now, except those already tried; null if there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="tried">Those already tried.</param>
    /// <param name="isHome">Whether it is the server of the key as long as none has failed.</param>
    public MemcachedServer? Find(ReadOnlySpan<byte> key, in TriedServers tried, out bool isHome)
    {
        var home = FindHome(key);
        isHome = IsCandidate(home, tried);
        if (isHome)
        {
            return home;
        }

        if (Spares is not null)
        {
            return FindHolder(key, tried) ?? Spares.Find(key, tried, out _);
        }

        if (_zones is not null)
        {
            return FindInZones(key, tried);
        }

        if (servers.Length > 1)
        {
            for (var attempt = 0; attempt < maxFailoverAttempts; attempt++)
            {
                var server = FindCandidate(key, attempt);
                if (IsCandidate(server, tried))
                {
                    return server;
                }
            }
        }

        return null;
    }

    /// <summary>The server of a key and those tried after it, each once, whether or not they have failed.</summary>
    public List<MemcachedServer> FindOrder(ReadOnlySpan<byte> key)
    {
        if (_zones is not null)
        {
            return FindZoneOrder(key);
        }

        var order = Spares is null ? FindFirst(key, servers.Length) : FindHolders(key);
        if (Spares is not null)
        {
            order.AddRange(Spares.FindOrder(key));
        }

        return order;
    }

    /// <summary>The server of a key in its home zone, which is the same one for all pools.</summary>
    public MemcachedServer FindHomeZone(ReadOnlySpan<byte> key) => servers[_zones!.FindInTurn(0, key)];

    /// <summary>
    /// The server that decides what becomes of a key where only one can: in its home zone, or, where that has failed, in the next one.
    /// </summary>
    public MemcachedServer FindDecider(ReadOnlySpan<byte> key) => FindInZones(key, default) ?? FindHomeZone(key);

    /// <summary>The servers of a key in all zones but that of one of them.</summary>
    public List<MemcachedServer> FindOtherZones(ReadOnlySpan<byte> key, MemcachedServer server)
    {
        var others = new List<MemcachedServer>(_zones!.Count);
        for (var turn = 0; turn < _zones.Count; turn++)
        {
            var other = servers[_zones.FindInTurn(turn, key)];
            if (other != server)
            {
                others.Add(other);
            }
        }

        return others;
    }

    /// <summary>Which server takes a read now, and where it looks if there is nothing.</summary>
    /// <param name="read">The read. One whose value is to be compared or touched goes where that is decided.</param>
    /// <param name="tried">Those already tried.</param>
    /// <param name="isHome">Whether it is the server where such a read goes as long as none has failed.</param>
    /// <param name="second">The server of the key in its home zone, if the read goes elsewhere; null: nothing more is asked.</param>
    public MemcachedServer? FindReader(Request read, in TriedServers tried, out bool isHome, out MemcachedServer? second)
    {
        second = null;
        if (read.Verb == Verb.GetAndTouch || read is { Verb: Verb.Get, WantsCas: true })
        {
            var decider = FindInZones(read.Key, tried);
            isHome = decider == FindHomeZone(read.Key);
            return decider;
        }

        var server = Find(read.Key, tried, out isHome);
        if (isHome && read.Verb is Verb.Get or Verb.GetNear or Verb.GetItem or Verb.Exists or Verb.InspectItem)
        {
            second = FindSecond(read.Key, server!);
        }

        return server;
    }

    /// <summary>Where a read looks that has found nothing on a server; null: nowhere.</summary>
    public MemcachedServer? FindSecond(ReadOnlySpan<byte> key, MemcachedServer server) =>
        _zones is not null && FindHomeZone(key) is var home && home != server && home.Link.IsUsable ? home : null;

    /// <summary>The server of a key, and those that hold copies of its value, as long as none has failed.</summary>
    public List<MemcachedServer> FindHolders(ReadOnlySpan<byte> key) => FindFirst(key, Copies + 1);

    /// <summary>Tells the servers that stand before another one in the order of a key that a request does not reach them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wentTo">The server that gets it.</param>
    public void NotePassedOver(Request request, MemcachedServer wentTo)
    {
        var (kind, expiry) = (MissedKinds.Of(request), request.Expiry);
        foreach (var server in FindOrder(request.Key))
        {
            if (server == wentTo)
            {
                return;
            }

            server.Missed.Note(request.Key, kind, expiry, wentTo);
        }
    }

    /// <summary>Tells all servers in the order of a key that a request reaches none of them.</summary>
    public void NoteUnsent(Request request)
    {
        foreach (var server in FindOrder(request.Key))
        {
            server.Missed.Note(request.Key, MissedKinds.Of(request), request.Expiry);
        }
    }

    /// <summary>Tells the servers that stand before another one in the order of a key once more that a request did not reach them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wentTo">The server that got it.</param>
    /// <returns>Whether one of them can be used again, so that the key is not looked for where it went.</returns>
    public bool HasReturned(Request request, MemcachedServer wentTo)
    {
        var (kind, expiry, any) = (MissedKinds.Of(request), request.Expiry, false);
        foreach (var server in FindOrder(request.Key))
        {
            if (server == wentTo)
            {
                break;
            }

            any |= !server.Missed.TryKeep(request.Key, kind, expiry, wentTo);
        }

        return any;
    }

    /// <summary>Whether a server has a key now, as its own or as a copy.</summary>
    public bool Holds(MemcachedServer server, ReadOnlySpan<byte> key) => Find(key) == server || FindCopies(key, Copies).Contains(server);

    /// <summary>Tells the servers that should have a copy of a value, and cannot be reached, that others have it.</summary>
    /// <param name="request">The request that is sent to the copies.</param>
    /// <param name="copies">Who has them.</param>
    /// <returns>Whether there are such servers.</returns>
    public bool NoteWithoutCopy(Request request, List<MemcachedServer> copies)
    {
        var any = false;
        var left = copies.Count;
        var server = FindHome(request.Key);
        for (var attempt = 0; attempt <= maxFailoverAttempts; attempt++)
        {
            if (copies.Contains(server))
            {
                if (--left == 0)
                {
                    break;
                }
            }
            else if (!server.Link.IsUsable)
            {
                any = true;
                server.Missed.Note(request.Key, MissedKinds.Of(request), request.Expiry, copies);
            }

            server = FindCandidate(request.Key, attempt);
        }

        return any;
    }

    /// <summary>
    /// The servers that hold the copies of a value, besides the one that takes its key: the first others in the failover order
    /// (pecl-memcache 8, memcache_pool.c, <c>mmc_pool_schedule_key</c>). There can be fewer than asked for.
    /// </summary>
    public List<MemcachedServer> FindCopies(ReadOnlySpan<byte> key, int count)
    {
        var own = Find(key);
        if (Spares is not null)
        {
            // Elsewhere nobody would look for them.
            return FindFirst(key, count + 1).FindAll(server => server != own && server.Link.IsUsable);
        }

        var found = new List<MemcachedServer>(count);
        for (var attempt = 0; attempt < maxFailoverAttempts && found.Count < count; attempt++)
        {
            var server = FindCandidate(key, attempt);
            if (server != own && !found.Contains(server) && server.Link.IsUsable)
            {
                found.Add(server);
            }
        }

        return found;
    }

    /// <summary>The exception for a key that no server can take.</summary>
    public MemcachedConnectionException NoServer(ReadOnlySpan<byte> key, MemcachedConnectionException? failure, KeyTemplate? template = null)
    {
        var home = FindHome(key);
        var cause = failure ?? home.LastFailure;
        return new MemcachedConnectionException(
            $"No server can take the key '{Encoding.UTF8.GetString(KeyTemplate.Show(template, key))}', whose home is {home.Name}. {cause?.Message}", cause?.InnerException)
        {
            Server = home.Name,
        };
    }

    private MemcachedServer? FindInZones(ReadOnlySpan<byte> key, in TriedServers tried)
    {
        for (var turn = 0; turn < _zones!.Count; turn++)
        {
            var server = servers[_zones.FindInTurn(turn, key)];
            if (IsCandidate(server, tried))
            {
                return server;
            }
        }

        return null;
    }

    private List<MemcachedServer> FindZoneOrder(ReadOnlySpan<byte> key)
    {
        var own = FindHome(key);
        return [own, .. FindOtherZones(key, own)];
    }

    // The first ones in the failover order, whether or not they have failed: these hold a value and its copies.
    private List<MemcachedServer> FindFirst(ReadOnlySpan<byte> key, int count)
    {
        var first = new List<MemcachedServer> { FindHome(key) };
        for (var attempt = 0; attempt < maxFailoverAttempts && first.Count < Math.Min(count, servers.Length); attempt++)
        {
            var server = FindCandidate(key, attempt);
            if (!first.Contains(server))
            {
                first.Add(server);
            }
        }

        return first;
    }

    private MemcachedServer? FindHolder(ReadOnlySpan<byte> key, in TriedServers tried)
    {
        if (Copies == 0)
        {
            return null;
        }

        foreach (var server in FindHolders(key))
        {
            if (IsCandidate(server, tried))
            {
                return server;
            }
        }

        return null;
    }

    private static bool IsCandidate(MemcachedServer server, in TriedServers tried) => server.Link.IsUsable && !tried.Contains(server);

    private MemcachedServer FindCandidate(ReadOnlySpan<byte> key, int attempt) => servers[failover.FindCandidate(strategy, key, attempt)];
}

using System.Text;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>Keys of servers that are down go where the other client sends them; those of the others stay.</summary>
public class FailoverTests(ITestOutputHelper output)
{
    private const string EightServers = "L07";

    private static readonly Dictionary<string, (Func<MemcachedPoolOptions> Preset, Func<HashServer[], Func<int, bool>, Func<string, int>> Reference)> Clients = new()
    {
        ["EnyimMemcachedCore"] = (() => MemcachedPoolOptions.ForEnyim(), ReferenceClients.EnyimCore),
        ["EnyimMemcached"] = (() => MemcachedPoolOptions.ForEnyim2(), ReferenceClients.EnyimLegacy),
        ["EnyimMemcached, ketama"] = (() => MemcachedPoolOptions.ForEnyim2(Enyim2Locator.Ketama), ReferenceClients.EnyimKetama),
        ["pymemcache"] = (() => MemcachedPoolOptions.ForPymemcache(), ReferenceClients.Pymemcache),
        ["python-memcached"] = (() => MemcachedPoolOptions.ForPythonMemcached(), ReferenceClients.PythonMemcached),
        ["dalli"] = (MemcachedPoolOptions.ForDalli, ReferenceClients.Dalli),
        ["spymemcached"] = (() => MemcachedPoolOptions.ForSpymemcached(), ReferenceClients.NextIndex),
        ["spymemcached, ketama"] = (() => MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama), ReferenceClients.SpymemcachedKetama),
        ["xmemcached"] = (() => MemcachedPoolOptions.ForXmemcached(), ReferenceClients.NextIndex),
        ["xmemcached, ketama"] = (() => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Ketama), ReferenceClients.XmemcachedKetama),
        ["xmemcached, election"] = (() => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Election), ReferenceClients.XmemcachedElection),
        ["gomemcache"] = (MemcachedPoolOptions.ForGomemcache, ReferenceClients.Gomemcache),
        ["memjs"] = (MemcachedPoolOptions.ForMemjs, ReferenceClients.Memjs),
        ["npm memcached"] = (() => MemcachedPoolOptions.ForNodeMemcached(), ReferenceClients.NodeMemcached),
        ["twemproxy"] = (() => MemcachedPoolOptions.ForTwemproxy(), ReferenceClients.Twemproxy),
        ["twemproxy, modula"] = (() => MemcachedPoolOptions.ForTwemproxy(TwemproxyDistribution.Modula), ReferenceClients.TwemproxyModula),
    };

    private readonly RecordedLists _lists = new();

    public static TheoryData<string> Names => [.. Clients.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Keys_of_servers_that_are_down_go_where_the_other_client_sends_them(string client)
    {
        var (preset, reference) = Clients[client];
        int[][] outages = [[], [1], [1, 4], [0, 7], [2, 3, 5, 6]];
        foreach (var down in outages)
        {
            using var pool = Pool(preset(), down);
            var theirs = reference(_lists[EightServers], down.Contains);
            var (lost, compared, moved) = (0, 0, 0);
            foreach (var key in _lists.Keys)
            {
                var home = PositionOf(pool, pool.Router.FindHome(key));
                var (found, expected) = (PositionOf(pool, pool.Router.Find(key)), theirs(Encoding.UTF8.GetString(key)));
                if (down.Contains(home))
                {
                    lost++;
                    Assert.True(expected == found || Differs(client, down), $"{expected} has the key, not {found}");
                    compared += expected == found ? 1 : 0;
                }
                else
                {
                    Assert.Equal(home, found);
                    moved += home == expected ? 0 : 1;
                }
            }

            output.WriteLine(
                $"{client}, down: [{string.Join(", ", down)}]: {compared} of {lost} keys of servers that are down are where the client sends them; of {_lists.Keys.Length - lost} others, which stay here, it moves {moved}");
            Assert.True(moved == 0 || client is "EnyimMemcachedCore" or "EnyimMemcached" or "twemproxy, modula", "no client moves them without need but those that are known for it");
        }
    }

    [Fact]
    public void Keys_are_where_the_recordings_of_EnyimMemcached_have_them_without_a_server()
    {
        var recorded = RecordedClients.All.Single(static client => client.Name == "enyim").Placements;
        foreach (var placement in recorded.Where(static placement => placement.Mode.EndsWith("-dead1", StringComparison.Ordinal)))
        {
            var isRing = placement.Mode == "ketama-md5-dead1";
            using var pool = Pool(MemcachedPoolOptions.ForEnyim2(isRing ? Enyim2Locator.Ketama : Enyim2Locator.Default), [1]);
            var differences = Enumerable.Range(0, placement.Row.Length).Where(i => PositionOf(pool, pool.Router.Find(_lists.Keys[i])) != placement.ServerOf(i)).ToArray();
            output.WriteLine($"{placement.Mode}: {placement.Row.Length - differences.Length} equal, {differences.Length} differ");

            // Below the lowest point that is left, Enyim goes back to the highest, where the keys of a server that is up are too.
            Assert.All(differences, i => Assert.True(!isRing && PositionOf(pool, pool.Router.FindHome(_lists.Keys[i])) != 1));
        }
    }

    [Fact]
    public void A_client_that_gives_up_after_some_tries_is_followed()
    {
        foreach (var (client, (preset, reference)) in Clients)
        {
            // Seven of eight: chance may not find the one that is left.
            int[] down = [0, 1, 2, 3, 4, 5, 6];
            using var pool = Pool(preset(), down);
            var theirs = reference(_lists[EightServers], down.Contains);
            var without = 0;
            foreach (var key in _lists.Keys)
            {
                var found = PositionOf(pool, pool.Router.Find(key));
                Assert.Equal(theirs(Encoding.UTF8.GetString(key)), found);
                without += found < 0 ? 1 : 0;
            }

            output.WriteLine($"{client}: {without} of {_lists.Keys.Length} keys without a server");
        }
    }

    [Fact]
    public void By_default_keys_go_elsewhere_where_the_other_client_sends_them_elsewhere() => Assert.Equal(
        ["gomemcache", "memjs", "npm memcached", "twemproxy", "twemproxy, modula"],
        Clients.Where(static client => !client.Value.Preset().AllowFailover).Select(static client => client.Key));

    [Fact]
    public void A_prefix_that_is_not_hashed_does_not_change_the_order()
    {
        foreach (var (client, (preset, _)) in Clients)
        {
            var options = preset();
            (options.KeyPrefix, options.HashKeyPrefix) = ("shop:", false);
            using var prefixed = Pool(options, [1, 4]);
            using var plain = Pool(preset(), [1, 4]);
            Assert.All(_lists.Keys.Where(static key => key.Length < 245), key => Assert.True(
                PositionOf(plain, plain.Router.Find(key)) == PositionOf(prefixed, prefixed.Router.Find([.. "shop:"u8, .. key])), client));
        }
    }

    [Fact]
    public void Every_order_takes_every_strategy()
    {
        FailoverSequence[] sequences =
        [
            FailoverSequence.WithoutFailed, FailoverSequence.NextServer, FailoverSequence.Dalli, FailoverSequence.PythonMemcached,
            FailoverSequence.SpymemcachedKetama, FailoverSequence.XmemcachedKetama, FailoverSequence.Enyim2Ketama,
        ];
        var servers = _lists[EightServers];
        var known = Clients.Values.Select(client => client.Preset()).Select(options => options.HashStrategy(servers, options.HashFunction));
        var others = new[] { HashStrategies.Consistent, HashStrategies.Standard, HashStrategies.Rendezvous }.Select(strategy => strategy(servers, HashFunctions.Crc32));
        foreach (var (sequence, strategy) in sequences.SelectMany(sequence => known.Concat(others).Select(strategy => (sequence, strategy))))
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => sequence.FindCandidate(strategy, "key"u8, -1));
            Assert.All(Enumerable.Range(0, 100), attempt => Assert.InRange(sequence.FindCandidate(strategy, "key"u8, attempt), 0, servers.Length - 1));
            Assert.InRange(sequence.FindCandidate(strategy, new byte[10_000], 2), 0, servers.Length - 1);
        }
    }

    // A remainder of another division says nothing about the next one, so the order cannot tell which servers are down beside those tried.
    private static bool Differs(string client, int[] down) => client == "twemproxy, modula" && down.Length > 1;

    private MemcachedPool Pool(MemcachedPoolOptions options, int[] down)
    {
        options.AllowFailover = true;
        foreach (var server in _lists[EightServers])
        {
            options.Servers.Add(new MemcachedServerOptions(server.Host, server.Port));
        }

        var pool = MemcachedPool.Connect(options);
        foreach (var server in down)
        {
            pool.Servers[server].Disable();
        }

        return pool;
    }

    private static int PositionOf(MemcachedPool pool, MemcachedServer? server) => server is null ? -1 : pool.Servers.ToList().IndexOf(server);
}

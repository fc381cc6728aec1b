using TypedCache.Hashing;
using TypedCache.Interop.Tests.Php;

namespace TypedCache.Interop.Tests;

/// <summary>Lists that are not sorted, with and without php-memcached's <c>OPT_SORT_HOSTS</c>. No server has to run for that.</summary>
public class SortedHostsTests
{
    // Sorted by host as text and by port as a number, so that 9 comes before 10, and "cache-10" before "cache-9".
    private static readonly (string Host, int Port)[][] Lists =
    [
        [("cache-9", 11211), ("cache-10", 11211), ("cache-1", 11212), ("cache-1", 11211)],
        [("10.0.0.9", 10), ("10.0.0.9", 9), ("10.0.0.10", 11211), ("Zeta", 1), ("alpha", 1), ("10.0.0.9", 65535)],
        [("b", 11211), ("a", 11211), ("c", 11211)],
    ];

    public static TheoryData<PhpMemcachedDistribution, bool, bool, string> Setups
    {
        get
        {
            var setups = new TheoryData<PhpMemcachedDistribution, bool, bool, string>();
            foreach (var (distribution, options) in new (PhpMemcachedDistribution, string)[]
                     {
                         (PhpMemcachedDistribution.Modula, ""),
                         (PhpMemcachedDistribution.Consistent, "\"OPT_DISTRIBUTION\":\"DISTRIBUTION_CONSISTENT\""),
                         (PhpMemcachedDistribution.Ketama, "\"OPT_LIBKETAMA_COMPATIBLE\":true"),
                     })
            {
                foreach (var weighted in (bool[])[false, true])
                {
                    var comma = options.Length > 0 ? "," : "";
                    setups.Add(distribution, weighted, false, $"{{{options}}}");
                    setups.Add(distribution, weighted, true, $"{{{options}{comma}\"OPT_SORT_HOSTS\":true}}");
                    setups.Add(distribution, weighted, true, $"{{\"OPT_SORT_HOSTS\":true{comma}{options}}}");
                    setups.Add(distribution, weighted, true, $"{{{options}{comma}\"later\":{{\"OPT_SORT_HOSTS\":true}}}}");
                }
            }

            return setups;
        }
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public void A_key_goes_to_the_server_that_PHP_chooses(PhpMemcachedDistribution distribution, bool weighted, bool sorted, string options)
    {
        var setup = new PhpSetup("sorted hosts", "memcached", options, () => MemcachedPoolOptions.ForPhpMemcached(distribution, sortHosts: sorted));
        foreach (var list in Lists)
        {
            var servers = list.Select((server, i) => new MemcachedServerOptions(server.Host, server.Port, weighted ? (i * 3 % 4) + 1 : 1)).ToList();
            var poolOptions = setup.CreateOptions();
            servers.ForEach(poolOptions.Servers.Add);
            using var pool = MemcachedPool.Connect(poolOptions);
            using var php = PhpClient.Start(setup, servers);

            var found = SharedKeys.ForPhpMemcached.Select(key => pool.FindServer(key).Name);

            Assert.Equal(php.Locate(SharedKeys.ForPhpMemcached), found);
            Assert.Equal(servers.Select(server => server.Name), pool.Servers.Select(server => server.Name));
        }
    }
}

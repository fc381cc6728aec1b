using System.Buffers.Text;
using System.Text;
using TypedCache.Hashing;
using TypedCache.Values;

namespace TypedCache.Tests.Hashing;

public class RendezvousHashStrategyTests
{
    private const int KeyCount = 20_000;

    private static readonly HashServer[] Equal = [.. Enumerable.Range(0, 10).Select(i => new HashServer($"cache-{i}", 11211))];

    private static readonly HashServer[] Weighted =
    [
        new("cache-a", 11211), new("cache-b", 11212, Weight: 2), new("10.0.0.7", 11211, Weight: 5), new("[::1]", 11211, Weight: 3), new("unix:///run/m.sock", 0),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Lists => [true, false];

    // Found by a second implementation, in exact fractions. They may never change: a cluster would lose its keys.
    [Theory]
    [InlineData("crc", "3319674721109090413390807299242523263274", "2302223212244240204322331123123234211112")]
    [InlineData("md5", "3971929814036169453932940991600528224220", "2314412322223421230233041300232223343242")]
    public void Keys_stay_where_they_have_always_been(string function, string equal, string weighted)
    {
        var hash = function == "crc" ? HashFunctions.Crc32 : PhpMemcachedHashing.Function(PhpMemcachedHash.Md5);

        Assert.Equal(equal, Homes(Equal));
        Assert.Equal(weighted, Homes(Weighted));

        string Homes(HashServer[] servers)
        {
            var strategy = HashStrategies.Rendezvous(servers, hash);
            return string.Concat(Enumerable.Range(0, equal.Length).Select(i => strategy.Find(Encoding.ASCII.GetBytes($"user:{i}"))));
        }
    }

    [Theory]
    [InlineData(10, 4_000_000)]
    [InlineData(100, 16_000_000)]
    public void Equal_servers_have_equal_shares_within_1_percent(int servers, int keys)
    {
        var counts = Count([.. Enumerable.Range(0, servers).Select(i => new HashServer($"10.0.{i / 10}.{i % 10}", 11211))], HashFunctions.Crc32, keys);

        Assert.All(counts, count => Assert.InRange(count, 0.99 * keys / servers, 1.01 * keys / servers));
    }

    [Fact]
    public void Shares_are_in_proportion_to_the_weights_within_1_percent()
    {
        const int Keys = 4_000_000;
        var counts = Count(Weighted, HashFunctions.Crc32, Keys);
        var total = Weighted.Sum(server => server.Weight);

        Assert.All(Weighted.Zip(counts), share => Assert.InRange(share.Second, 0.99 * Keys * share.First.Weight / total, 1.01 * Keys * share.First.Weight / total));
    }

    [Fact]
    public void A_heavy_server_and_many_light_ones_have_their_shares()
    {
        const int Keys = 1_000_000;
        HashServer[] servers = [new("heavy", 1, Weight: 60_000), .. Enumerable.Range(0, 5).Select(i => new HashServer($"light-{i}", 1, Weight: 1_000))];
        var counts = Count(servers, HashFunctions.Crc32, Keys);

        Assert.InRange(counts[0], 0.999 * Keys * 60 / 65, 1.001 * Keys * 60 / 65);
        Assert.All(counts[1..], count => Assert.InRange(count, 0.97 * Keys / 65, 1.03 * Keys / 65));
    }

    // HASH_CRC has 15 bits, so that shares are no more even than 32,768 keys make them.
    [Theory]
    [InlineData(PhpMemcachedHash.OneAtATime)]
    [InlineData(PhpMemcachedHash.Md5)]
    [InlineData(PhpMemcachedHash.Crc)]
    [InlineData(PhpMemcachedHash.Fnv64)]
    [InlineData(PhpMemcachedHash.Fnv1a64)]
    [InlineData(PhpMemcachedHash.Fnv32)]
    [InlineData(PhpMemcachedHash.Fnv1a32)]
    [InlineData(PhpMemcachedHash.Murmur)]
    public void Every_hash_function_spreads_keys(PhpMemcachedHash hash)
    {
        var counts = Count(Equal, PhpMemcachedHashing.Function(hash), 200_000);

        Assert.All(counts, count => Assert.InRange(count, 0.94 * 20_000, 1.06 * 20_000));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_server_that_comes_takes_keys_and_no_other_key_moves(bool isWeighted)
    {
        var before = isWeighted ? Weighted : Equal;
        var added = new HashServer("added", 11211, before[^1].Weight);
        var moves = Moves(before, [.. before[..2], added, .. before[2..]]);

        Assert.All(moves, move => Assert.Equal(added.Host, move.To.Host));
        var due = (double)KeyCount * added.Weight / (before.Sum(server => server.Weight) + added.Weight);
        Assert.InRange(moves.Count, 0.9 * due, 1.1 * due);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void The_keys_of_a_server_that_goes_are_shared_out_and_no_other_key_moves(bool isWeighted)
    {
        var before = isWeighted ? Weighted : Equal;
        HashServer[] after = [.. before[..2], .. before[3..]];
        var moves = Moves(before, after);

        Assert.All(moves, move => Assert.Equal(before[2], move.From));
        Assert.All(after, server =>
        {
            var due = (double)moves.Count * server.Weight / after.Sum(one => one.Weight);
            Assert.InRange(moves.Count(move => move.To == server), 0.75 * due, 1.25 * due);
        });
    }

    // From equal weights to others too, which are compared by logarithms.
    [Theory]
    [MemberData(nameof(Lists))]
    public void A_higher_weight_takes_keys_from_all_and_gives_them_back_and_no_other_key_moves(bool isWeighted)
    {
        var before = isWeighted ? Weighted : Equal;
        HashServer[] after = [.. before[..1], before[1] with { Weight = 7 }, .. before[2..]];
        var (up, down) = (Moves(before, after), Moves(after, before));

        Assert.NotEmpty(up);
        Assert.All(up, move => Assert.Equal(before[1].Host, move.To.Host));
        Assert.All(down, move => Assert.Equal(before[1].Host, move.From.Host));
        Assert.Equal(before.Length - 1, up.Select(move => move.From).Distinct().Count());
        Assert.Empty(Moves(Equal, [.. Equal.Select(server => server with { Weight = 3 })]));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void The_order_of_the_list_does_not_matter(bool isWeighted)
    {
        var servers = isWeighted ? Weighted : Equal;

        Assert.Empty(Moves(servers, [.. servers.Reverse()]));
        Assert.Empty(Moves(servers, [.. servers[3..], .. servers[..3]]));
    }

    [Fact]
    public void A_server_that_is_listed_twice_has_no_more_keys()
    {
        Assert.Empty(Moves(Equal, [.. Equal, Equal[4]]));
        Assert.Empty(Moves(Weighted, [Weighted[2] with { Weight = 1 }, .. Weighted]));
    }

    [Fact]
    public void The_port_is_part_of_the_name_and_one_server_is_not_hashed()
    {
        Assert.Equal(2, Count([new("a", 1), new("a", 2)], HashFunctions.Crc32, 1_000).Count(count => count > 400));
        Assert.Equal(0, HashStrategies.Rendezvous([new("a", 1, 5)], new NoFunction()).Find("key"u8));
    }

    [Fact]
    public void A_weighted_choice_allocates_nothing()
    {
        var strategy = HashStrategies.Rendezvous(Weighted, HashFunctions.Crc32);
        strategy.Find("key"u8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        strategy.Find("key"u8);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_pool_routes_by_it_with_failover_copies_and_a_prefix_that_is_not_hashed()
    {
        await using var pool = MemcachedPool.InMemory(5, options =>
        {
            options.HashStrategy = HashStrategies.Rendezvous;
            options.KeyPrefix = "shop:";
            options.HashKeyPrefix = false;
            options.Redundancy = 2;
        });
        HashServer[] servers = [.. pool.Servers.Select(server => new HashServer(server.Host, server.Port))];
        var strategy = HashStrategies.Rendezvous(servers, HashFunctions.Crc32);
        for (var i = 0; i < 100; i++)
        {
            var key = $"k{i}";
            var order = pool.Locate(key).Servers;
            Assert.Equal(servers[strategy.Find(Encoding.ASCII.GetBytes(key))].Host, order[0].Host);
            Assert.InRange(order.Count, 4, 5);
            await pool.SetAsync(key, i, CacheCodecs.Int32, cancellationToken: Token);
            order[0].Disable();
            Assert.Equal(i, await pool.GetAsync(key, CacheCodecs.Int32, Token));
            order[0].Enable();
        }
    }

    [Fact]
    public async Task Of_a_pool_that_grows_only_the_new_servers_keys_are_missing()
    {
        await using var pool = MemcachedPool.InMemory(3, static options => options.HashStrategy = HashStrategies.Rendezvous);
        for (var i = 0; i < 400; i++)
        {
            await pool.SetAsync($"k{i}", i, CacheCodecs.Int32, cancellationToken: Token);
        }

        await pool.UpdateServersAsync("embedded-4, embedded-3, embedded-2, embedded-1", Token);

        var missing = 0;
        for (var i = 0; i < 400; i++)
        {
            var isMoved = pool.FindServer($"k{i}").Host == "embedded-4";
            Assert.Equal(isMoved, !(await pool.GetValueAsync($"k{i}", CacheCodecs.Int32, Token)).Found);
            missing += isMoved ? 1 : 0;
        }

        Assert.InRange(missing, 70, 130);
    }

    private static int[] Count(HashServer[] servers, IHashFunction function, int keys)
    {
        var strategy = HashStrategies.Rendezvous(servers, function);
        var counts = new int[servers.Length];
        var key = "product:00000000"u8.ToArray();
        for (var i = 0; i < keys; i++)
        {
            Utf8Formatter.TryFormat(i, key.AsSpan("product:".Length), out _, new('D', 8));
            counts[strategy.Find(key)]++;
        }

        return counts;
    }

    private static List<(HashServer From, HashServer To)> Moves(HashServer[] before, HashServer[] after)
    {
        var (former, newer) = (HashStrategies.Rendezvous(before, HashFunctions.Crc32), HashStrategies.Rendezvous(after, HashFunctions.Crc32));
        List<(HashServer From, HashServer To)> moves = [];
        for (var i = 0; i < KeyCount; i++)
        {
            var key = Encoding.ASCII.GetBytes($"product:{i}");
            var (from, to) = (before[former.Find(key)], after[newer.Find(key)]);
            if ((from.Host, from.Port) != (to.Host, to.Port))
            {
                moves.Add((from, to));
            }
        }

        return moves;
    }

    private sealed class NoFunction : IHashFunction
    {
        public uint Hash(ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("There is nothing to choose from.");
    }
}

using System.Text;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

public class HashStrategyTests
{
    private static readonly HashServer[] Servers = [new("a", 1), new("b", 2, Weight: 2), new("c", 3)];

    public static TheoryData<HashStrategyFactory> Factories => [HashStrategies.Standard, HashStrategies.Consistent, HashStrategies.Rendezvous];

    public static TheoryData<HashStrategyFactory> AllFactories =>
    [
        HashStrategies.Standard,
        HashStrategies.Consistent,
        HashStrategies.Rendezvous,
        .. Enum.GetValues<PhpMemcachedDistribution>().Select(PhpMemcachedHashing.Strategy),
    ];

    [Theory]
    [MemberData(nameof(AllFactories))]
    public void A_list_or_a_weight_which_makes_no_sense_is_refused(HashStrategyFactory factory)
    {
        Assert.Contains("no server", Refused([]), StringComparison.Ordinal);
        Assert.Contains("b:2", Refused([new("a", 1), new("b", 2, Weight: 0)]), StringComparison.Ordinal);
        Assert.Contains("2147483648", Refused([new("a", 1, int.MaxValue), new("b", 2)]), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => factory(null!, HashFunctions.Crc32));
        Assert.Throws<ArgumentNullException>(() => factory(Servers, null!));

        string Refused(HashServer[] servers) => Assert.Throws<ArgumentException>(() => factory(servers, HashFunctions.Crc32)).Message;
    }

    [Theory]
    [MemberData(nameof(Factories))]
    public void Weights_decide_the_share_of_the_keys(HashStrategyFactory factory)
    {
        var strategy = factory(Servers, HashFunctions.Crc32);
        var counts = new int[Servers.Length];
        for (var i = 0; i < 40_000; i++)
        {
            counts[strategy.Find(Encoding.ASCII.GetBytes($"key:{i}"))]++;
        }

        Assert.InRange(counts[0], 7_000, 13_000);
        Assert.InRange(counts[1], 16_000, 24_000);
        Assert.InRange(counts[2], 7_000, 13_000);
    }

    [Fact]
    public void Ketama_counts_points_in_single_precision()
    {
        // In double precision each of 25 equal servers would get 40 digests; libmemcached gives them 39.
        HashServer[] servers = [.. Enumerable.Range(0, 25).Select(i => new HashServer($"cache-{i}", 11211))];
        var ring = PhpMemcachedHashing.Strategy(PhpMemcachedDistribution.Ketama)(servers, new FirstWord());
        var points = Points(servers[3], digest: 38).Concat(Points(servers[3], digest: 39)).Select(point => ring.Find(point)).ToArray();

        Assert.Equal([3, 3, 3, 3], points[..4]);
        Assert.NotEqual([3, 3, 3, 3], points[4..]);

        static IEnumerable<byte[]> Points(HashServer server, int digest) =>
            System.Security.Cryptography.MD5.HashData(Encoding.ASCII.GetBytes($"{server.Host}-{digest}")).Chunk(sizeof(uint));
    }

    [Fact]
    public void One_server_gets_all_without_a_hash()
    {
        var function = new CountingFunction();
        Assert.Equal(0, new StandardHashStrategy([new("a", 1, 5)], function).Find("key"u8));
        Assert.Equal(0, function.Calls);
    }

    [Fact]
    public void A_folded_hash_of_0_becomes_1()
    {
        // Hash 0x8000FFFF folds to 0, which the standard strategy takes for 1.
        var strategy = new StandardHashStrategy(Servers, new FixedFunction(0x8000FFFF));
        Assert.Equal(new StandardHashStrategy(Servers, new FixedFunction(0x00010000)).Find("key"u8), strategy.Find("key"u8));
        Assert.Equal(1, strategy.Find("key"u8));
    }

    [Theory]
    [MemberData(nameof(AllFactories))]
    public void Finding_a_server_or_a_candidate_allocates_nothing(HashStrategyFactory factory)
    {
        var strategy = factory(Servers, HashFunctions.Fnv1a);
        var key = new byte[250];
        FindAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        FindAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void FindAll()
        {
            strategy.Find(key);
            FailoverSequence.Pecl8.FindCandidate(strategy, key, 19);
            FailoverSequence.Pecl2.FindCandidate(strategy, key, 19);
        }
    }

    // The key is the hash.
    private sealed class FirstWord : IHashFunction
    {
        public uint Hash(ReadOnlySpan<byte> bytes) => BitConverter.ToUInt32(bytes);
    }

    private sealed class CountingFunction : IHashFunction
    {
        public int Calls { get; private set; }

        public uint Hash(ReadOnlySpan<byte> bytes)
        {
            Calls++;
            return 0;
        }
    }

    private sealed class FixedFunction(uint hash) : IHashFunction
    {
        public uint Hash(ReadOnlySpan<byte> bytes) => hash;
    }
}

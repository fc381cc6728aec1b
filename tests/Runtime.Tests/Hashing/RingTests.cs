using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

/// <summary>The rings are those that come of sorting all points, equal ones included.</summary>
public class RingTests
{
    private static readonly int[] Weights = [1, 1, 1, 2, 7];

    // The masks make many points equal, or leave places of the ring empty.
    private static readonly IHashFunction[] Functions =
    [
        HashFunctions.Crc32, HashFunctions.Fnv1a, new Fnv1aHashFunction(signedChar: false), PhpMemcachedHashing.Function(PhpMemcachedHash.OneAtATime),
        new Masked(0xFFF00000), new Masked(0xFF), new Masked(0), new Masked(uint.MaxValue, 0xFFFFFC00), new Masked(0x3FFFFFFF, 0x40000000),
    ];

    private static readonly Gen<HashServer[]> Lists = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 4].Select(static i => Weights[i]), Gen.Int[11211, 11212])
        .Select(static (host, weight, port) => new HashServer($"cäche-{host}", port, weight)).Array[1, 12];

    [Fact]
    public void Buckets_belong_to_the_first_point_from_their_place_on() => Gen.Select(Lists, Gen.Int[0, 8].Select(static i => Functions[i])).Sample(
        static (servers, function) =>
        {
            var ring = Sorted(servers, server => Enumerable.Range(0, 160 * server.Weight).Select(i => function.Hash(Encoding.UTF8.GetBytes($"{server.Host}:{server.Port}-{i}"))));
            var strategy = new ConsistentHashStrategy(servers, function);
            for (var i = 0; i < 300; i++)
            {
                var key = Encoding.ASCII.GetBytes($"key:{i}");
                var place = (uint.MaxValue / 1024) * (function.Hash(key) % 1024);
                Assert.Equal(servers.Length == 1 ? 0 : Owner(ring, place), strategy.Find(key));
            }
        },
        iter: 300);

    [Fact]
    public void Keys_belong_to_the_first_point_from_their_hash_on() => Gen.Select(Lists, Gen.Int[0, 8].Select(static i => Functions[i])).Sample(
        static (servers, function) =>
        {
            var unweighted = Sorted(servers, server => Enumerable.Range(0, 100).Select(i => function.Hash(Encoding.UTF8.GetBytes($"{NameOf(server)}-{i}"))));
            var total = (float)servers.Sum(server => server.Weight);
            var weighted = Sorted(servers, server => Enumerable.Range(0, (int)MathF.Floor(server.Weight / total * 160 / 4 * servers.Length))
                .SelectMany(i => MD5.HashData(Encoding.UTF8.GetBytes($"{NameOf(server)}-{i}")).Chunk(4)).Select(word => BinaryPrimitives.ReadUInt32LittleEndian(word)));
            var (hundred, ketama) = (LibmemcachedRings.Unweighted(servers, function), LibmemcachedRings.Weighted(servers, function));
            for (var i = 0; i < 300; i++)
            {
                var key = Encoding.ASCII.GetBytes($"key:{i}");
                Assert.Equal(Owner(unweighted, function.Hash(key)), hundred.Find(key));
                Assert.Equal(Owner(weighted, function.Hash(key)), ketama.Find(key));
            }
        },
        iter: 300);

    [Fact]
    public void Points_are_numbered_from_0_on()
    {
        var names = new PointNames("cäche:1-");
        for (var i = 0; i < 11_000; i++)
        {
            Assert.Equal($"cäche:1-{i}", Encoding.UTF8.GetString(names.Next()));
        }
    }

    [Fact]
    public void A_hash_goes_on_from_that_of_what_stands_in_front() => Gen.Select(Gen.Byte.Array[0, 30], Gen.Byte.Array[0, 30]).Sample(static (front, rest) =>
        Assert.All(Functions.OfType<IContinuedHashFunction>(), function => Assert.Equal(function.Hash([.. front, .. rest]), function.Continue(function.Hash(front), rest))));

    [Fact]
    public void Md5_is_the_systems_at_every_length()
    {
        var bytes = RandomNumberGenerator.GetBytes(300);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var words = new byte[MD5.HashSizeInBytes];
            var digest = Md5Digest.Of(bytes.AsSpan(0, length));
            for (var i = 0; i < Md5Digest.Words; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(words.AsSpan(i * sizeof(uint)), digest[i]);
            }

            Assert.Equal(MD5.HashData(bytes.AsSpan(0, length)), words);
        }
    }

    private static string NameOf(HashServer server) => server.Port == 11211 ? server.Host : $"{server.Host}:{server.Port}";

    private static (uint Hash, int Server)[] Sorted(HashServer[] servers, Func<HashServer, IEnumerable<uint>> points) =>
        [.. servers.SelectMany((server, position) => points(server).Select(hash => (hash, position))).Order()];

    private static int Owner((uint Hash, int Server)[] ring, uint place) => ring.Cast<(uint Hash, int Server)?>().FirstOrDefault(point => point!.Value.Hash >= place)?.Server ?? ring[0].Server;

    private sealed class Masked(uint mask, uint offset = 0) : IHashFunction
    {
        public uint Hash(ReadOnlySpan<byte> bytes) => (HashFunctions.Crc32.Hash(bytes) & mask) | offset;
    }
}

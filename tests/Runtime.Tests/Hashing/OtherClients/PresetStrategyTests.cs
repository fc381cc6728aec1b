using System.Text;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>The strategies of all presets, with keys and servers of every kind.</summary>
public class PresetStrategyTests
{
    private static readonly HashServer[] Weighted = [new("10.0.0.1", 11211), new("10.0.0.2", 11212, 3), new("10.0.0.3", 11211, 2), new("[::1]", 11211)];

    // No text, parts of it, and more than a key may have.
    private static readonly byte[][] Hostile =
    [
        [], [0], [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0xFF, 0xFE, 0xFD], [.. "a\r\n\t'\"\\"u8], [.. "\uFFFD"u8],
        [.. Enumerable.Range(0, 256).Select(static value => (byte)value)], [.. Enumerable.Repeat((byte)0xFF, 250)], new byte[5_000],
    ];

    private static readonly string[] KeysWithoutTag = ["a{}b", "a{b", "a}b{", "a}b", ""];

    private static readonly string[] NoTags = ["", "{", "{}}", "é{"];

    public static TheoryData<string> Presets => [.. All.Keys];

    private static Dictionary<string, Func<MemcachedPoolOptions>> All => Enum.GetValues<MemcachedPreset>()
        .ToDictionary(static preset => preset.ToString(), static preset => (Func<MemcachedPoolOptions>)(() => MemcachedPoolOptions.For(preset)))
        .Concat(new Dictionary<string, Func<MemcachedPoolOptions>>
        {
            ["Pymemcache, bytes"] = static () => MemcachedPoolOptions.ForPymemcache(PymemcacheKeys.Bytes),
            ["Xmemcached, election"] = static () => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Election),
            ["Xmemcached, PHP"] = static () => MemcachedPoolOptions.ForXmemcached(XmemcachedLocator.Php),
            ["NodeMemcached, sha1"] = static () => MemcachedPoolOptions.ForNodeMemcached(digest: NodeMemcachedDigest.Sha1),
            ["Enyim2, tiger"] = static () => MemcachedPoolOptions.ForEnyim2(Enyim2Locator.Ketama, Enyim2KetamaHash.Tiger),
            ["Twemproxy, tag"] = static () => MemcachedPoolOptions.ForTwemproxy(hash: TwemproxyHash.Jenkins, hashTag: "{}"),
        }).ToDictionary();

    [Theory]
    [MemberData(nameof(Presets))]
    public void Every_key_has_a_server(string preset)
    {
        var strategy = Create(preset, Weighted);
        Assert.All(Hostile, key => Assert.InRange(strategy.Find(key), 0, Weighted.Length - 1));
        Assert.All(Hostile, key => Assert.Equal(0, Create(preset, Weighted[..1]).Find(key)));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Names_may_be_longer_than_any_buffer(string preset)
    {
        var name = string.Concat(Enumerable.Repeat("cache.", 500));
        HashServer[] servers = [new($"{name}a", 11211) { Address = new([10, 0, 0, 1]) }, new($"{name}b", 11212) { Address = new([10, 0, 0, 2]) }];
        var strategy = Create(preset, servers);
        Assert.All(Hostile, key => Assert.InRange(strategy.Find(key), 0, 1));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_server_that_is_listed_twice_takes_part(string preset)
    {
        var strategy = Create(preset, [Weighted[0], Weighted[1], Weighted[0]]);
        Assert.Contains(1, Enumerable.Range(0, 100).Select(i => strategy.Find(Encoding.ASCII.GetBytes($"key:{i}"))));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void To_find_a_server_allocates_nothing(string preset)
    {
        var options = All[preset]();
        var strategy = options.HashStrategy(Weighted, options.HashFunction);
        var keys = new[] { "user:1", "größe", "日本", "'quoted'", new string('k', 250), string.Concat(Enumerable.Repeat("😀", 62)) }.Select(Encoding.UTF8.GetBytes).ToArray();
        var (found, allocated) = (0, -1L);
        for (var i = 0; i < 20; i++)
        {
            // The first ones warm up.
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var key in keys)
            {
                found += strategy.Find(key) + options.FailoverSequence.FindCandidate(strategy, key, 0) + options.FailoverSequence.FindCandidate(strategy, key, 2);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(found, 0, int.MaxValue);
        Assert.Equal(0, allocated);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Lists_that_are_not_valid_are_refused(string preset)
    {
        var options = All[preset]();
        Assert.Throws<ArgumentException>(() => options.HashStrategy([], options.HashFunction));
        Assert.Throws<ArgumentException>(() => options.HashStrategy([Weighted[0] with { Weight = 0 }], options.HashFunction));
        Assert.Throws<ArgumentException>(() => options.HashStrategy([Weighted[0] with { Weight = HashServer.MaxTotalWeight + 1 }], options.HashFunction));
    }

    [Fact]
    public void A_prefix_is_hashed_where_the_client_hashes_it()
    {
        foreach (var preset in Enum.GetValues<MemcachedPreset>().Where(static preset => preset != MemcachedPreset.TwemproxyRandom))
        {
            var (plain, prefixed) = (MemcachedPoolOptions.For(preset), MemcachedPoolOptions.For(preset));
            prefixed.KeyPrefix = "shop:";
            foreach (var server in Weighted)
            {
                plain.Servers.Add(new MemcachedServerOptions(server.Host, server.Port, server.Weight));
                prefixed.Servers.Add(new MemcachedServerOptions(server.Host, server.Port, server.Weight));
            }

            using var one = MemcachedPool.Connect(plain);
            using var other = MemcachedPool.Connect(prefixed);
            var unhashed = preset is MemcachedPreset.PhpMemcached or MemcachedPreset.PhpMemcachedKetama or MemcachedPreset.Pymemcache;
            Assert.Equal(!unhashed, prefixed.HashKeyPrefix);
            Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(one.FindServer(unhashed ? $"key:{i}" : $"shop:key:{i}").Name, other.FindServer($"key:{i}").Name));
        }
    }

    [Fact]
    public void Random_takes_every_server()
    {
        var strategy = Create("TwemproxyRandom", Weighted);
        Assert.Equal(Enumerable.Range(0, Weighted.Length), Enumerable.Range(0, 1000).Select(_ => strategy.Find("key"u8)).Distinct().Order());
    }

    [Fact]
    public void Only_a_tag_that_holds_something_is_hashed()
    {
        var (tagged, whole) = (MemcachedPoolOptions.ForTwemproxy(hashTag: "{}").HashFunction, MemcachedPoolOptions.ForTwemproxy().HashFunction);
        Assert.Equal(whole.Hash("user:1"u8), tagged.Hash("a{user:1}b{c}"u8));
        Assert.All(KeysWithoutTag, key => Assert.Equal(whole.Hash(Encoding.ASCII.GetBytes(key)), tagged.Hash(Encoding.ASCII.GetBytes(key))));
        Assert.All(NoTags, static tag =>
            Assert.Contains("two ASCII characters", Assert.Throws<ArgumentException>(() => MemcachedPoolOptions.ForTwemproxy(hashTag: tag)).Message, StringComparison.Ordinal));
    }

    // As many points as the arithmetic of the client's language gives, which is not always 160.
    [Fact]
    public void Shares_are_calculated_in_the_width_of_the_client()
    {
        int[] differing = [.. Enumerable.Range(1, 100).Where(static n => (int)Math.Floor(1.0 / n * 40 * n) == 39)];
        Assert.Equal("7 14 28 49 56 98", string.Join(' ', differing));
        foreach (var n in differing)
        {
            var servers = Enumerable.Range(1, n).Select(static i => new HashServer($"10.0.0.{i}", 11211)).ToArray();
            var (node, twemproxy) = (MemcachedPoolOptions.ForNodeMemcached(), MemcachedPoolOptions.ForTwemproxy(hash: TwemproxyHash.Md5));
            var (theirs, other) = (node.HashStrategy(servers, node.HashFunction), twemproxy.HashStrategy(servers, twemproxy.HashFunction));
            Assert.Contains(Enumerable.Range(0, 20_000).Select(static i => Encoding.ASCII.GetBytes($"key:{i}")), key => theirs.Find(key) != other.Find(key));
        }
    }

    [Fact]
    public void Java_s_ring_counts_points_by_weight_only_where_it_has_weights()
    {
        // Of 25 servers each has 39 digests then, and not 40.
        var servers = Enumerable.Range(1, 25).Select(static i => new HashServer($"10.0.0.{i}", 11211)).ToArray();
        var keys = Enumerable.Range(0, 20_000).Select(static i => Encoding.ASCII.GetBytes($"key:{i}")).ToArray();
        var (plain, weighted) = (Java(weighted: false), Java(weighted: true));
        var heavier = MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama);
        var doubled = heavier.HashStrategy([.. servers.Select(static server => server with { Weight = 2 })], heavier.HashFunction);
        Assert.Contains(keys, key => plain.Find(key) != weighted.Find(key));
        Assert.All(keys, key => Assert.Equal(weighted.Find(key), doubled.Find(key)));

        IHashStrategy Java(bool weighted)
        {
            var options = MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama, weighted: weighted);
            return options.HashStrategy(servers, options.HashFunction);
        }
    }

    [Fact]
    public void Settings_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.For((MemcachedPreset)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForEnyim((EnyimLocator)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForEnyim(endPoints: (EnyimEndPoints)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForEnyim2((Enyim2Locator)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForEnyim2(Enyim2Locator.Ketama, (Enyim2KetamaHash)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForPymemcache((PymemcacheKeys)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForPythonMemcached((PythonMemcachedHash)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForSpymemcached((SpymemcachedLocator)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForSpymemcached(hash: (SpymemcachedHash)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForSpymemcached(SpymemcachedLocator.Ketama, names: (SpymemcachedNames)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForXmemcached((XmemcachedLocator)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForXmemcached(hash: (XmemcachedHash)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForNodeMemcached(digest: (NodeMemcachedDigest)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForTwemproxy((TwemproxyDistribution)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => MemcachedPoolOptions.ForTwemproxy(hash: (TwemproxyHash)99));
    }

    private static IHashStrategy Create(string preset, HashServer[] servers)
    {
        var options = All[preset]();
        return options.HashStrategy(servers, options.HashFunction);
    }
}

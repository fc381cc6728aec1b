namespace TypedCache.Interop.Tests.Others;

/// <summary>
/// Clients of other languages and .NET on the same servers: same key, same server, same value. Enyim's clients and xmemcached are
/// compared with recordings alone, in <c>Runtime.Tests</c>.
/// </summary>
public class OtherClientsTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<OtherSetup> Setups => [.. OtherSetup.All];

    public static TheoryData<OtherSetup> SetupsWithFailover => [.. OtherSetup.All.Where(setup => setup.FailsOver)];

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task What_the_other_client_writes_is_on_the_same_server_and_read(OtherSetup setup)
    {
        using var cluster = new OtherCluster(setup);
        foreach (var kind in setup.Kinds)
        {
            var (keys, names) = setup.KeysOf(kind.Name, kind.Count);
            AssertEach(names, _ => true, cluster.Other.Set(kind.Name, names));
            AssertEach(names, _ => true, cluster.AreHeldAtHome(names));
            AssertEach(names, kind.Make, await ReadAsync(cluster, kind, keys));
        }

        output.WriteLine($"{setup}: {setup.Kinds.Sum(kind => kind.Count)} values which it wrote were on their servers and were read");
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task What_is_written_is_on_the_same_server_and_read_by_the_other_client(OtherSetup setup)
    {
        using var cluster = new OtherCluster(setup);
        foreach (var kind in setup.Kinds)
        {
            var (keys, names) = setup.KeysOf(kind.Name, kind.Count);
            await WriteAsync(cluster, kind, keys);
            AssertEach(names, i => cluster.Pool.FindServer(names[i]).Name, cluster.Other.Locate(names));
            AssertEach(names, _ => true, cluster.AreHeldAtHome(names));
            AssertEach(names, kind.Make, cluster.Other.Get(names, kind.Name));
        }

        output.WriteLine($"{setup}: it read {setup.Kinds.Sum(kind => kind.Count)} values which were written");
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Each_side_counts_and_deletes_the_keys_of_the_other(OtherSetup setup)
    {
        using var cluster = new OtherCluster(setup);
        var (keys, names) = setup.KeysOf("counter");
        var half = keys.Length / 2;
        AssertEach(names[..half], _ => 10ul, await CountAsync(keys[..half], key => cluster.Cache.IncrementCounterAsync(key, 10, Cancel)));
        AssertEach(names[half..], _ => true, cluster.Other.Set("counter", names[half..]));

        AssertEach(names, _ => 17L, cluster.Other.Increment(names));
        AssertEach(names, _ => 22ul, await CountAsync(keys, key => cluster.Cache.IncrementCounterAsync(key, 5, Cancel)));
        AssertEach(names, _ => 19L, cluster.Other.Decrement(names));
        AssertEach(names, _ => 11ul, await CountAsync(keys, key => cluster.Cache.DecrementCounterAsync(key, 8, Cancel)));

        AssertEach(names[..half], _ => true, cluster.Other.Delete(names[..half]));
        AssertEach(names[half..], _ => true, await CountAsync(keys[half..], key => cluster.Cache.DeleteCounterAsync(key, Cancel)));
        AssertEach(names, _ => false, cluster.AreHeldAtHome(names));
        output.WriteLine($"{setup}: {half} counters of each side were counted and deleted by the other");
    }

    [Theory]
    [MemberData(nameof(SetupsWithFailover))]
    public async Task A_stopped_server_is_replaced_by_the_same_one_on_both_sides(OtherSetup setup)
    {
        using var cluster = new OtherCluster(setup);
        var (numbers, texts) = (setup.KeysOf("number"), setup.KeysOf("text"));
        var stopped = cluster.Pool.Servers[1];
        var moved = numbers.Names.Concat(texts.Names).Count(name => cluster.Pool.FindServer(name) == stopped);

        // Both have been at the server before it stops.
        AssertEach(numbers.Names, _ => true, cluster.Other.Set("number", numbers.Names));
        await WriteAsync(cluster, SharedKind.Text, texts.Keys);
        cluster.Stop(stopped);

        AssertEach(numbers.Names, _ => true, cluster.Other.Set("number", numbers.Names));
        AssertEach(numbers.Names, SharedKind.Number.Make, await ReadAsync(cluster, SharedKind.Number, numbers.Keys));
        await WriteAsync(cluster, SharedKind.Text, texts.Keys);
        AssertEach(texts.Names, SharedKind.Text.Make, cluster.Other.Get(texts.Names, "text"));

        string[] all = [.. numbers.Names, .. texts.Names];
        AssertEach(all, _ => true, cluster.AreHeld(all, servers => servers.First(server => server != stopped)));
        Assert.True(moved > 100);
        output.WriteLine($"{setup}: {moved} keys of the stopped server were found on the same other one");
    }

    [Fact]
    public void A_key_whose_hash_is_0_is_where_python_memcached_1_59_has_it()
    {
        var setup = OtherSetup.All.First(setup => setup is { Library: "python-memcached", IsWeighted: false });
        using var cluster = new OtherCluster(setup);
        using var newer = MemcachedPool.Connect(MemcachedPoolOptions.ForPythonMemcached().AddServers(cluster.ServerList));

        // 1.60 leaves 0 as it is; no other key is on another server there.
        string[] names = [.. Enumerable.Range(0, 300_000).Select(i => $"key:{i}").Where(name => cluster.Pool.FindServer(name).Name != newer.FindServer(name).Name)];

        Assert.InRange(names.Length, 1, 50);
        Assert.Equal(cluster.Other.Locate(names), names.Select(name => cluster.Pool.FindServer(name).Name));
    }

    private static Task WriteAsync(OtherCluster cluster, SharedKind kind, string[] keys) =>
        Task.WhenAll(keys.Select((key, i) => kind.WriteAsync(cluster.Cache, key, i, Cancel)));

    private static Task<object?[]> ReadAsync(OtherCluster cluster, SharedKind kind, string[] keys) =>
        Task.WhenAll(keys.Select(key => kind.ReadAsync(cluster.Cache, key, Cancel)));

    private static Task<T[]> CountAsync<T>(string[] keys, Func<string, ValueTask<T>> count) => Task.WhenAll(keys.Select(key => count(key).AsTask()));

    // One message instead of one for each of the keys.
    private static void AssertEach<T>(string[] names, Func<int, T> expected, T[] found)
    {
        var wrong = names.Index().Where(name => !AreEqual(expected(name.Index), found[name.Index])).ToList();
        if (wrong.Count > 0)
        {
            var (index, name) = wrong[0];
            Assert.Fail($"{wrong.Count} of {names.Length} are wrong; '{name}': {Show(found[index])} for {Show(expected(index))}");
        }
    }

    private static bool AreEqual<T>(T expected, T found) =>
        expected is byte[] bytes ? found is byte[] others && bytes.AsSpan().SequenceEqual(others) : Equals(expected, found);

    private static string Show<T>(T value)
    {
        var text = value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";
        return $"{value?.GetType().Name ?? "null"} {text[..Math.Min(text.Length, 100)]}";
    }
}

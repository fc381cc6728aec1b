using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Cluster.Tests.Model;

/// <summary>The simulator's clients read, fill and delete each key on the same servers as the product's pool does.</summary>
public sealed class ClientModelTests
{
    private const int Servers = 7;
    private const int Added = 2;

    private static readonly ClusterScale Scale = new(Servers, Keys: 120, Clients: 1, CallsPerSecond: 1, Seed: 1);
    private static readonly KeySpace Keys = new(Scale);

    public static TheoryData<string> Contenders => [.. Contender.All.Select(contender => contender.Name)];

    [Theory]
    [MemberData(nameof(Contenders))]
    public async Task Routes_reads_fills_and_deletes_as_the_pool_does(string name)
    {
        var contender = Contender.All.Single(each => each.Name == name);
        await using var pool = new PoolCluster(contender, Keys, Servers);
        await using var model = new ModelCluster(contender, Keys, Scale, Added);

        var expected = await PlayAsync(pool);
        var actual = await PlayAsync(model);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Another_strategy_gives_another_trace()
    {
        await using var one = new ModelCluster(Contender.Modulo, Keys, Scale, Added);
        await using var other = new ModelCluster(Contender.Ketama, Keys, Scale, Added);

        Assert.NotEqual(await PlayAsync(one), await PlayAsync(other));
    }

    [Fact]
    public async Task Callers_of_one_process_share_a_creation_as_in_the_pool()
    {
        await using var pool = new PoolCluster(Contender.Ring, Keys, Servers);
        await using var model = new ModelCluster(Contender.Ring, Keys, Scale, Added);
        for (var rank = 0; rank < 10; rank++)
        {
            Assert.Equal(1, await pool.ReadTogetherAsync(rank, callers: 5));
            Assert.Equal(1, await model.ReadTogetherAsync(rank, callers: 5));
        }
    }

    [Fact]
    public async Task A_value_that_is_deleted_while_it_is_created_is_not_stored_as_in_the_pool()
    {
        await using var pool = new PoolCluster(Contender.Ring, Keys, Servers);
        await using var model = new ModelCluster(Contender.Ring, Keys, Scale, Added);

        var expected = await PlayDeletedAsync(pool);
        var actual = await PlayDeletedAsync(model);

        Assert.Equal(expected, actual);
        Assert.All(actual, line => Assert.Contains("Fills = 1", line, StringComparison.Ordinal));
    }

    private static async Task<List<string>> PlayDeletedAsync(IComparedCluster cluster)
    {
        for (var rank = 0; rank < Scale.Keys; rank++)
        {
            await cluster.ReadWhileDeletedAsync(rank);
        }

        var trace = new List<string>();
        await ForEachKeyAsync("after the delete", cluster, cluster.ReadAsync, trace);
        return trace;
    }

    // One line for each call: which servers it has reached, and what they did.
    private static async Task<List<string>> PlayAsync(IComparedCluster cluster)
    {
        var trace = new List<string>();
        await ForEachKeyAsync("miss", cluster, cluster.ReadAsync, trace);
        await ForEachKeyAsync("hit", cluster, cluster.ReadAsync, trace);
        await ForEachKeyAsync("delete", cluster, rank => rank % 3 == 0 ? cluster.DeleteAsync(rank) : Task.CompletedTask, trace);

        cluster.Fail(1, 4);
        await ForEachKeyAsync("two failed", cluster, cluster.ReadAsync, trace);
        await ForEachKeyAsync("delete elsewhere", cluster, rank => rank % 3 == 1 ? cluster.DeleteAsync(rank) : Task.CompletedTask, trace);
        cluster.Fail(0, 2, 3);
        await ForEachKeyAsync("five failed", cluster, cluster.ReadAsync, trace);

        await cluster.ReturnAsync(0, 1, 2, 3, 4);
        await ForEachKeyAsync("all back", cluster, cluster.ReadAsync, trace);

        await cluster.ChangeServersAsync([.. Enumerable.Range(0, Servers + Added)]);
        await ForEachKeyAsync("two more", cluster, cluster.ReadAsync, trace);

        await cluster.ChangeServersAsync([.. Enumerable.Range(2, Servers)]);
        await ForEachKeyAsync("two fewer", cluster, cluster.ReadAsync, trace);
        return trace;
    }

    private static async Task ForEachKeyAsync(string step, IComparedCluster cluster, Func<int, Task> call, List<string> trace)
    {
        for (var rank = 0; rank < Scale.Keys; rank++)
        {
            var before = (await cluster.ReadTrafficAsync()).ToDictionary();
            await call(rank);
            var after = await cluster.ReadTrafficAsync();
            var reached = after.Select(server => (server.Key, Traffic: server.Value.Since(before.GetValueOrDefault(server.Key))))
                .Where(server => server.Traffic != default)
                .OrderBy(server => server.Key)
                .Select(server => $"server {server.Key}: {server.Traffic}");
            trace.Add($"{step}, key {rank}: {string.Join("; ", reached)}");
        }
    }
}

using Microsoft.Extensions.Time.Testing;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Six servers that fall sick and get well by chance, each by its own seed.</summary>
public sealed class SickClusterTests
{
    private const int Count = 6;
    private const int Rounds = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.34)]
    [InlineData(3, 1.0)]
    public async Task No_more_servers_are_out_than_may_be_and_no_call_hangs(int seed, double share)
    {
        var most = Math.Min(Count - 1, (int)(Count * share));
        var random = new Random(seed);
        var time = new FakeTimeProvider();
        SickServer[] servers = [.. Enumerable.Range(0, Count).Select(static _ => new SickServer())];
        try
        {
            await using var pool = FaultPool.Connect(servers.Select(static server => server.Port), options =>
            {
                options.TimeProvider = time;

                // A server that hangs up while it catches up with missed deletes has failed, sick or not, and no share bounds that.
                options.MaxMissedDeletes = 0;
                options.SickServers = new SickServerOptions { MaxShareTakenOut = share, MinimumCalls = 5, Window = TimeSpan.FromSeconds(1) };
            });
            using var stop = new CancellationTokenSource();
            var watched = Task.Run(() => WatchAsync(pool, stop.Token), Token);

            // A whole epidemic in the middle, health in the end.
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var server in servers)
                {
                    Infect(server, round == Rounds / 2 ? 0 : round == Rounds - 1 ? 9 : random.Next(5));
                }

                var calls = Enumerable.Range(0, 8).Select(caller => CallAsync(pool, random.Next(), 20));
                await Task.WhenAll(calls).WaitAsync(FaultPool.Patience, Token);
                time.Advance(TimeSpan.FromMilliseconds(random.Next(300)));
            }

            await FaultPool.UntilAsync(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    return pool.Servers.All(static server => server.State != ServerState.Failed);
                },
                "the return of all servers");
            await stop.CancelAsync();
            Assert.InRange(await watched, 1, most);
        }
        finally
        {
            Array.ForEach(servers, static server => server.Dispose());
        }
    }

    private static void Infect(SickServer server, int illness)
    {
        server.Heal();
        switch (illness)
        {
            case 0:
                server.Refuse = static _ => "SERVER_ERROR busy";
                break;
            case 1:
                server.Refuse = static request => request.Words[0] == "ms" ? SickServer.OutOfMemory : null;
                break;
            case 2:
                var turn = 0;
                server.HangsUp = _ => Interlocked.Increment(ref turn) % 3 == 0;
                break;
        }
    }

    private static async Task CallAsync(MemcachedPool pool, int seed, int calls)
    {
        var random = new Random(seed);
        for (var i = 0; i < calls; i++)
        {
            var key = $"k{random.Next(1000)}";
            try
            {
                if (random.Next(2) == 0)
                {
                    await pool.SetAsync(key, key, CacheCodecs.String);
                }
                else
                {
                    Assert.Null(await pool.GetAsync(key, CacheCodecs.String));
                }
            }
            catch (MemcachedException)
            {
                // A sick one was asked.
            }
        }
    }

    // Gives how many were out at most.
    private static async Task<int> WatchAsync(MemcachedPool pool, CancellationToken stop)
    {
        var most = 0;
        while (!stop.IsCancellationRequested)
        {
            var before = pool.Servers.Select(static server => server.State == ServerState.Failed).ToList();
            var after = pool.Servers.Select(static server => server.State == ServerState.Failed).ToList();

            // While nothing changes between two looks, they saw one moment.
            if (before.SequenceEqual(after))
            {
                most = Math.Max(most, after.Count(static isOut => isOut));
            }

            await Task.Yield();
        }

        return most;
    }
}

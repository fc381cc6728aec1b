using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TypedCache.Embedded;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>What pools cost while nobody uses them, and what they leave behind.</summary>
[Collection(nameof(RunsAlone))]
public sealed class PoolLifeTests
{
    private static readonly IPEndPoint AnyLoopbackPort = new(IPAddress.Loopback, 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pools_leave_no_threads_and_no_sockets_behind()
    {
        using var first = new EmbeddedServer();
        using var second = new EmbeddedServer();
        int[] ports = [first.Listen(AnyLoopbackPort).Port, second.Listen(AnyLoopbackPort).Port];
        var large = new byte[100_000];
        new Random(1).NextBytes(large);
        await UseAsync(ports, large, underLoad: false);
        await UntilAsync(() => ProcessResources.OwnThreads == 0, () => $"{ProcessResources.OwnThreads} threads");
        var sockets = ProcessResources.Sockets;

        for (var i = 0; i < 200; i++)
        {
            await UseAsync(ports, large, underLoad: i % 2 == 1);
        }

        await UntilAsync(() => ProcessResources.OwnThreads == 0 && ProcessResources.Sockets <= sockets, () => $"{ProcessResources.OwnThreads} threads and {ProcessResources.Sockets - sockets} more sockets");
    }

    [Fact]
    public async Task Pools_whose_servers_cannot_be_reached_leave_nothing_behind_either()
    {
        using var silent = new ScriptedServer((_, _) => Task.CompletedTask) { Version = null };
        var sockets = ProcessResources.Sockets;
        for (var i = 0; i < 50; i++)
        {
            await using var pool = FaultPool.Connect([silent.Port, 1]);
            var calls = Enumerable.Range(0, 20).Select(k => pool.GetAsync($"k{k}", CacheCodecs.String, Token).AsTask()).ToArray();
            await Task.Delay(5, Token);
            await pool.DisposeAsync();
            await Task.WhenAll(calls.Select(EndAsync)).WaitAsync(FaultPool.Patience, Token);
        }

        silent.Dispose();
        await UntilAsync(() => ProcessResources.OwnThreads == 0 && ProcessResources.Sockets <= sockets, () => $"{ProcessResources.OwnThreads} threads and {ProcessResources.Sockets - sockets} more sockets");
    }

    // Fifty servers are more than there are reading threads, so that these wait for many sockets at once.
    [Fact]
    public async Task A_pool_which_nobody_uses_takes_no_processor_time()
    {
        var servers = Enumerable.Range(0, 50).Select(_ => new EmbeddedServer()).ToList();
        await using var pool = FaultPool.Connect(servers.Select(server => server.Listen(AnyLoopbackPort).Port));
        for (var round = 0; round < 3; round++)
        {
            Assert.All(await pool.GetVersionsAsync(Token), reply => Assert.True(reply.Answered));
        }

        // A thread which was replaced while it waited ends with the first bytes that come.
        await UntilAsync(() => ProcessResources.OwnThreads <= Environment.ProcessorCount, () => $"{ProcessResources.OwnThreads} threads");

        Assert.InRange(await ProcessorTimeOfASecondAsync(), 0, 100);

        // Half of them go away, which nobody tells but the sockets.
        servers[..25].ForEach(server => server.Dispose());
        await UntilAsync(() => pool.Servers.Count(server => server.State == ServerState.Connected) <= 25, () => "servers which seem connected");
        Assert.InRange(await ProcessorTimeOfASecondAsync(), 0, 100);
        servers[25..].ForEach(server => server.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_which_hangs_up_is_not_called_again_and_again(bool afterTheHandshake)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var accepted = 0;
        var accepting = HangUpAsync(server, afterTheHandshake, () => accepted++);
        await using (var pool = FaultPool.Connect([((IPEndPoint)server.LocalEndpoint).Port]))
        {
            for (var i = 0; i < 20; i++)
            {
                await EndAsync(pool.GetAsync("k", CacheCodecs.String, Token).AsTask().WaitAsync(FaultPool.Patience, Token));
            }

            var before = accepted;
            Assert.InRange(await ProcessorTimeOfASecondAsync(), 0, 100);

            // Probes come after 50 ms and then after twice as long each time, with three connections each.
            Assert.InRange(accepted - before, 0, 18);
        }

        server.Dispose();
        await accepting;
        await UntilAsync(() => ProcessResources.OwnThreads == 0, () => $"{ProcessResources.OwnThreads} threads");
    }

    private static async Task UseAsync(int[] ports, byte[] large, bool underLoad)
    {
        await using var pool = FaultPool.Connect(ports);
        await pool.SetAsync("large", large, CacheCodecs.Bytes, cancellationToken: Token);
        Assert.Equal(large, await pool.GetAsync("large", CacheCodecs.Bytes, Token));
        var calls = Enumerable.Range(0, 50).Select(i => pool.SetAsync($"k{i}", $"v{i}", CacheCodecs.String, cancellationToken: Token).AsTask()).ToArray();
        if (!underLoad)
        {
            await Task.WhenAll(calls);
            return;
        }

        await pool.DisposeAsync();
        await Task.WhenAll(calls.Select(EndAsync)).WaitAsync(FaultPool.Patience, Token);
    }

    // However it ends, but it ends.
    private static async Task EndAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception) when (exception is MemcachedConnectionException or ObjectDisposedException)
        {
        }
    }

    private static async Task HangUpAsync(TcpListener server, bool afterTheHandshake, Action accepted)
    {
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync(Token);
                accepted();
                if (afterTheHandshake)
                {
                    await AnswerHandshakeAsync(client.GetStream());
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task AnswerHandshakeAsync(NetworkStream stream)
    {
        try
        {
            await stream.ReadExactlyAsync(new byte["version\r\n".Length], Token);
            await stream.WriteAsync("VERSION 1.6.18\r\n"u8.ToArray(), Token);
            await stream.ReadExactlyAsync(new byte["mn\r\n".Length], Token);
            await stream.WriteAsync("MN\r\n"u8.ToArray(), Token);
        }
        catch (IOException)
        {
            // The client has hung up first.
        }
    }

    // Of the idlest of three: the compiler works on in the background for a while, but a thread which spins does so all the time.
    private static async Task<double> ProcessorTimeOfASecondAsync()
    {
        var least = double.MaxValue;
        for (var second = 0; second < 3; second++)
        {
            var before = Environment.CpuUsage.TotalTime;
            await Task.Delay(TimeSpan.FromSeconds(1), Token);
            least = Math.Min(least, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        return least;
    }

    private static async Task UntilAsync(Func<bool> reached, Func<string> left)
    {
        for (var waited = Stopwatch.StartNew(); !reached();)
        {
            Assert.True(waited.Elapsed < FaultPool.Patience, $"there are still {left()} after {FaultPool.Patience}");
            await Task.Delay(20, Token);
        }
    }
}

using System.Net;
using System.Runtime.CompilerServices;
using TypedCache.Embedded;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>Pools that nobody disposed and nobody refers to any more.</summary>
[Collection(nameof(RunsAlone))]
public sealed class DroppedPoolTests
{
    private static readonly IPEndPoint AnyLoopbackPort = new(IPAddress.Loopback, 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_leave_no_threads_and_no_sockets_behind()
    {
        using var server = new EmbeddedServer();
        int[] ports = [server.Listen(AnyLoopbackPort).Port, server.Listen(AnyLoopbackPort).Port];
        await UntilNothingIsLeftAsync(int.MaxValue);
        var sockets = ProcessResources.Sockets;

        for (var i = 0; i < 20; i++)
        {
            await UseAndDropAsync(() => FaultPool.Connect(ports));
            await UseAndDropAsync(() => MemcachedPool.InMemory(servers: 2));
        }

        await UntilNothingIsLeftAsync(sockets);
    }

    [Fact]
    public async Task They_end_although_their_servers_cannot_be_reached()
    {
        var sockets = ProcessResources.Sockets;

        Task[] calls = [.. Enumerable.Range(0, 20).Select(_ => FailAndDropAsync())];
        await Task.WhenAll(calls);

        await UntilNothingIsLeftAsync(sockets);
    }

    // Whoever awaits a call refers to the call, and not to the pool.
    [Fact]
    public async Task They_live_as_long_as_calls_are_under_way()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var server = new ScriptedServer(async (connection, request) =>
        {
            asked.TrySetResult();
            await release.Task;
            await connection.SendAsync(request.Words[0] == "get" ? "VALUE k 0 1\r\nv\r\nEND\r\n" : $"VA 1 f0 {request.Opaque}\r\nv\r\n");
        }))
        {
            var (value, values, created) = CallAndDrop(server.Port);
            await asked.Task.WaitAsync(FaultPool.Patience, Token);
            for (var i = 0; i < 5; i++)
            {
                Collect();
                await Task.Delay(20, Token);
            }

            release.SetResult();
            Assert.Equal("v", await value.WaitAsync(FaultPool.Patience, Token));
            Assert.Equal("v", (await values.WaitAsync(FaultPool.Patience, Token))["k"]);
            Assert.Equal("v", await created.WaitAsync(FaultPool.Patience, Token));
            Assert.Equal(1, server.Accepted);
        }

        await UntilNothingIsLeftAsync(int.MaxValue);
    }

    [Fact]
    public async Task What_is_being_created_for_a_caller_is_not_abandoned()
    {
        var release = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (created, token) = await CreateAndDropAsync(release.Task);
        for (var i = 0; i < 5; i++)
        {
            Collect();
        }

        Assert.False(token.IsCancellationRequested);
        release.SetResult("v");
        Assert.Equal("v", await created.WaitAsync(FaultPool.Patience, Token));
        await UntilNothingIsLeftAsync(int.MaxValue);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task UseAndDropAsync(Func<MemcachedPool> connect)
    {
        var pool = connect();
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => pool.SetAsync($"k{i}", "v", CacheCodecs.String, cancellationToken: Token).AsTask()));
        Assert.Equal(50, (await pool.GetManyAsync(Enumerable.Range(0, 50).Select(i => $"k{i}"), CacheCodecs.String, Token)).Count);
        Assert.Equal("v", await pool.GetOrCreateAsync("c", static _ => ValueTask.FromResult("v"), CacheCodecs.String, new GetOrCreateOptions(), cancellationToken: Token));

        // Nobody takes the result of this one.
        _ = pool.SetAsync("last", "v", CacheCodecs.String, cancellationToken: Token).AsTask();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task FailAndDropAsync()
    {
        var pool = FaultPool.Connect([1, 2]);
        await Assert.ThrowsAnyAsync<MemcachedConnectionException>(() => pool.GetAsync("k", CacheCodecs.String, Token).AsTask());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Task<string?> Value, Task<CacheValues<string, string>> Values, Task<string> Created) CallAndDrop(int port)
    {
        var pool = FaultPool.Connect([port]);
        return (
            pool.GetAsync("k", CacheCodecs.String, Token).AsTask(),
            pool.GetManyAsync(["k"], CacheCodecs.String, Token).AsTask(),
            pool.GetOrCreateAsync("k", static _ => ValueTask.FromResult("created"), CacheCodecs.String, new GetOrCreateOptions(), cancellationToken: Token).AsTask());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(Task<string> Created, CancellationToken Token)> CreateAndDropAsync(Task<string> value)
    {
        var entered = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var created = MemcachedPool.InMemory().GetOrCreateAsync(
            "k",
            async token =>
            {
                entered.SetResult(token);
                return await value;
            },
            CacheCodecs.String,
            new GetOrCreateOptions(),
            cancellationToken: Token).AsTask();
        return (created, await entered.Task.WaitAsync(FaultPool.Patience, Token));
    }

    private static async Task UntilNothingIsLeftAsync(int sockets) => await FaultPool.UntilAsync(
        () =>
        {
            Collect();
            return ProcessResources.OwnThreads == 0 && ProcessResources.Sockets <= sockets;
        },
        "the end of the pools' threads and sockets");

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}

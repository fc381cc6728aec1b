using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using TypedCache.Integration.Tests.External;
using TypedCache.Interop.Tests.Tool;
using TypedCache.Values;

namespace TypedCache.AppHostTests;

/// <summary>An application that Aspire really runs, with servers of the tool as it is built here.</summary>
public sealed class EmbeddedRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nodes_run_serve_stop_and_start_again(bool hasFixedPort)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var builder = Models.ToRun();
        var cache = builder.AddMemcached("cache", nodes: 2, hasFixedPort ? LoopbackPort.Free() : null).WithMemoryLimit(32).RunAsEmbedded(ServeProcess.Program);
        var waiter = builder.AddExecutable("waiter", "sleep", ".", "600").WithReference(cache).WaitFor(cache);
        await using var application = builder.Build();
        await application.StartAsync(limit.Token);
        var notifications = application.ResourceNotifications;

        await notifications.WaitForResourceHealthyAsync("cache", limit.Token);
        await notifications.WaitForResourceAsync(waiter.Resource.Name, KnownResourceStates.Running, limit.Token);
        var servers = (await cache.Resource.ConnectionStringExpression.GetValueAsync(limit.Token))!;
        await UseAsync(servers, limit.Token);

        await RunAsync(application, cache.Resource, "stop-node-2", limit.Token);
        var degraded = await notifications.WaitForResourceAsync("cache", change => StateOf(change, "start-node-2") == ResourceCommandState.Enabled, limit.Token);
        Assert.Equal(KnownResourceStates.Running, degraded.Snapshot.State?.Text);
        Assert.Equal(ResourceCommandState.Hidden, StateOf(degraded, "stop-node-2"));
        Assert.Equal(ResourceCommandState.Enabled, StateOf(degraded, "stop-node-1"));
        await AssertSecondIsGoneAsync(servers, hasFixedPort, limit.Token);

        await RunAsync(application, cache.Resource, "start-node-2", limit.Token);
        await notifications.WaitForResourceAsync("cache", change => StateOf(change, "stop-node-2") == ResourceCommandState.Enabled, limit.Token);
        Assert.Equal(servers, await cache.Resource.ConnectionStringExpression.GetValueAsync(limit.Token));
        await UntilAllAnswerAsync(servers, limit.Token);
        await UseAsync(servers, limit.Token);

        await application.StopAsync(limit.Token);
    }

    private static async Task RunAsync(DistributedApplication application, IResource resource, string command, CancellationToken cancellationToken)
    {
        var result = await application.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, command, cancellationToken);
        Assert.True(result.Success, result.Message);
    }

    private static async Task AssertSecondIsGoneAsync(string servers, bool isRefused, CancellationToken cancellationToken)
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { ConnectTimeout = TimeSpan.FromMilliseconds(500) }.AddServers(servers));
        var versions = await pool.GetVersionsAsync(cancellationToken);
        Assert.True(versions[0].Answered);
        Assert.False(versions[1].Answered);
        if (isRefused)
        {
            Assert.Contains("refused", versions[1].Error!.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    // A process runs before it listens.
    private static async Task UntilAllAnswerAsync(string servers, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var pool = MemcachedPool.Connect(servers);
            if ((await pool.GetVersionsAsync(cancellationToken)).All(reply => reply.Answered))
            {
                return;
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    private static ResourceCommandState? StateOf(ResourceEvent change, string command) =>
        change.Snapshot.Commands.FirstOrDefault(each => each.Name == command)?.State;

    private static async Task UseAsync(string servers, CancellationToken cancellationToken)
    {
        await using var pool = MemcachedPool.Connect(servers);
        for (var i = 0; i < 50; i++)
        {
            await pool.SetAsync($"k{i}", $"{i}", CacheCodecs.String, cancellationToken: cancellationToken);
            Assert.Equal($"{i}", await pool.GetAsync($"k{i}", CacheCodecs.String, cancellationToken));
        }

        var statistics = await pool.GetStatsAsync(cancellationToken: cancellationToken);
        Assert.All(statistics, reply => Assert.Equal($"{32 * 1024 * 1024}", reply.Value!["limit_maxbytes"]));
    }
}

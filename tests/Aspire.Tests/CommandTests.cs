using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.AppHostTests;

/// <summary>Commands and health checks of the model on two real memcached servers.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private readonly MemcachedProcess[] _servers = [.. Enumerable.Range(0, 2).Select(_ => MemcachedProcess.Start("-m", "16"))];
    private readonly DistributedApplication _application;
    private readonly MemcachedResource _cache;

    public CommandTests()
    {
        var builder = Models.ToRun();
        _cache = builder.AddMemcached("cache", nodes: 2).Resource;
        _application = builder.Build();
        _cache.Allocate([.. _servers.Select(server => server.Port)]);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        foreach (var server in _servers)
        {
            server.Dispose();
        }
    }

    [Fact]
    public async Task Flush_empties_all_servers()
    {
        await using var pool = await StoreAsync();

        var result = await RunAsync("flush");

        Assert.True(result.Success, result.Message);
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(await pool.GetAsync($"k{i}", CacheCodecs.String, Cancel));
        }

        Assert.NotNull(_cache.Command("flush").ConfirmationMessage);
    }

    [Fact]
    public async Task Flush_names_the_server_that_is_down()
    {
        _servers[1].Kill();

        var result = await RunAsync("flush");

        Assert.False(result.Success);
        Assert.Contains(_servers[1].Address, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_servers[0].Address, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_are_a_table_with_a_column_for_each_server()
    {
        await using (await StoreAsync())
        {
            var result = await RunAsync("stats");

            Assert.True(result.Success, result.Message);
            Assert.Equal(CommandResultFormat.Markdown, result.Data!.Format);
            var rows = Rows(result);
            Assert.Equal(["", "cache-1", "cache-2"], rows[0]);
            Assert.Equal(["state", "answers", "answers"], rows[2]);
            Assert.Equal(["hit rate", "100.0 %", "100.0 %"], rows[3]);
            var items = rows.Single(row => row[0] == "curr_items");
            Assert.Equal(50, int.Parse(items[1], null) + int.Parse(items[2], null));
        }
    }

    [Fact]
    public async Task Stats_show_which_server_is_silent()
    {
        _servers[0].Kill();

        var result = await RunAsync("stats");

        Assert.True(result.Success, result.Message);
        Assert.Equal(["state", "silent", "answers"], Rows(result)[2]);
        _servers[1].Kill();
        Assert.False((await RunAsync("stats")).Success);
    }

    [Fact]
    public async Task Health_is_degraded_with_one_server_down_and_lost_with_all()
    {
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Healthy), await HealthAsync());

        _servers[1].Kill();
        Assert.Equal((HealthStatus.Degraded, HealthStatus.Healthy, HealthStatus.Unhealthy), await HealthAsync());

        _servers[0].Kill();
        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Unhealthy, HealthStatus.Unhealthy), await HealthAsync());

        _servers[0].Restart();
        _servers[1].Restart();
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Healthy), await HealthAsync());
    }

    private static List<string[]> Rows(ExecuteCommandResult result) =>
        [.. result.Data!.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)).Select(row => row.Length == 2 ? ["", .. row] : row)];

    private async Task<(HealthStatus Cache, HealthStatus First, HealthStatus Second)> HealthAsync()
    {
        var checks = _application.Services.GetRequiredService<HealthCheckService>();
        var report = await checks.CheckHealthAsync(check => check.Name.StartsWith("cache", StringComparison.Ordinal), Cancel);
        return (report.Entries["cache_check"].Status, report.Entries["cache-1_check"].Status, report.Entries["cache-2_check"].Status);
    }

    private Task<ExecuteCommandResult> RunAsync(string command) =>
        _application.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(_cache, command, Cancel);

    private async Task<MemcachedPool> StoreAsync()
    {
        var pool = MemcachedPool.Connect((await _cache.ConnectionStringExpression.GetValueAsync(Cancel))!);
        for (var i = 0; i < 50; i++)
        {
            await pool.SetAsync($"k{i}", "v", CacheCodecs.String, cancellationToken: Cancel);
            await pool.GetAsync($"k{i}", CacheCodecs.String, Cancel);
        }

        return pool;
    }
}

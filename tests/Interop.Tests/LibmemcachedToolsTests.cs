using System.Diagnostics;
using TypedCache.Integration.Tests.External;
using TypedCache.Interop.Tests.Php;
using TypedCache.Values;

namespace TypedCache.Interop.Tests;

/// <summary>The tools which come with libmemcached find what a pool stores, and the other way round.</summary>
public sealed class LibmemcachedToolsTests : IDisposable
{
    private const string Package = "libmemcached-tools";
    private readonly string _folder = Directory.CreateTempSubdirectory("typedcache-").FullName;
    private readonly SharedCluster _cluster = new(PhpSetup.All.First(setup => setup.Name == "php-memcached modula"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _cluster.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Memccat_shows_what_is_stored()
    {
        string[] keys = [.. Enumerable.Range(0, 50).Select(i => $"cat:{i}")];
        foreach (var key in keys)
        {
            await _cluster.Pool.SetAsync(key, $"value of {key}", CacheCodecs.String, cancellationToken: Cancel);
        }

        var shown = await RunAsync("memccat", keys);

        Assert.Equal(keys.Select(key => $"value of {key}"), shown.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task What_memccp_copies_is_read()
    {
        string[] files = [.. Enumerable.Range(0, 50).Select(i => Path.Combine(_folder, $"file-{i}"))];
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(file, $"content of {file}", Cancel);
        }

        await RunAsync("memccp", files);

        foreach (var file in files)
        {
            Assert.Equal($"content of {file}", await _cluster.Pool.GetAsync(Path.GetFileName(file), CacheCodecs.String, Cancel));
        }
    }

    private async Task<string> RunAsync(string tool, string[] arguments)
    {
        var start = new ProcessStartInfo(RequiredTool.Find(tool, Package)) { RedirectStandardOutput = true };
        start.ArgumentList.Add($"--servers={_cluster.Addresses}");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
        return printed;
    }
}

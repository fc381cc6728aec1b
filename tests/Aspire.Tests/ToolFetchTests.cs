using Aspire.Hosting;

namespace TypedCache.AppHostTests;

/// <summary>The tool is fetched once for all servers, by a shell script in its place.</summary>
public sealed class ToolFetchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typedcache-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Calls => File.ReadAllText(Path.Combine(_folder.FullName, "calls"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task All_servers_wait_for_one_fetch()
    {
        var fetch = new ToolFetch(Script("echo $0 >> calls"), _folder.FullName);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => fetch.WaitAsync(Cancel), Cancel)));
        await fetch.WaitAsync(Cancel);

        Assert.Equal("--version\n", Calls);
    }

    [Fact]
    public async Task A_failure_is_told_and_the_next_start_tries_again()
    {
        var fetch = new ToolFetch(Script("echo $0 >> calls; echo no such package; test -e there"), _folder.FullName);

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => fetch.WaitAsync(Cancel));
        Assert.Contains("no such package", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TypedCache.Tool", failure.Message, StringComparison.Ordinal);
        File.Create(Path.Combine(_folder.FullName, "there")).Dispose();

        await fetch.WaitAsync(Cancel);
        Assert.Equal("--version\n--version\n", Calls);
    }

    private static EmbeddedTool Script(string text) => new("sh", ["-c", text]);
}

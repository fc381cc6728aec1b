using System.Diagnostics;
using TypedCache.Tool.Tests.Servers;
using TypedCache.Values;

namespace TypedCache.Tool.Tests.Output;

/// <summary>The tool as a process, whose output goes to another program.</summary>
[Collection(OnThreeServers.Name)]
public sealed class ProcessOutputTests(ThreeServers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_are_no_escapes_in_a_pipe_although_a_ci_system_would_show_them()
    {
        using var process = Start("\"$0\" stats --servers \"$1\" | cat; \"$0\" top --interval 100ms -n 1 --servers \"$1\" | cat", servers.List, ("GITHUB_ACTIONS", "true"));

        var shown = await process.StandardOutput.ReadToEndAsync(Cancel);

        Assert.StartsWith("┌─", shown, StringComparison.Ordinal);
        Assert.Contains("evict/s", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown);
    }

    [Fact]
    public async Task A_file_is_written_at_its_end()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var process = Start($"echo first > {file}; \"$0\" get a key >> {file} 2>&1; \"$0\" locate k --servers \"$1\" >> {file}", servers.List);
            await process.WaitForExitAsync(Cancel);

            var lines = await File.ReadAllLinesAsync(file, Cancel);
            Assert.Equal("first", lines[0]);
            Assert.Contains("Use --help to see commands and options.", lines);
            Assert.StartsWith("└", lines[^1], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("watch")]
    [InlineData("watch --json")]
    [InlineData("top --interval 100ms")]
    public async Task It_ends_when_nobody_reads_its_output_any_more(string command)
    {
        await using var pool = servers.ConnectEmpty();
        using var process = Start($"{{ \"$0\" {command} --servers \"$1\"; echo \"code $?\" >&2; }} | head -1", servers.List);
        var waited = Stopwatch.StartNew();
        while (!process.HasExited)
        {
            Assert.True(waited.Elapsed < Patience, "It ends.");
            await pool.GetAsync("k", CacheCodecs.String, Cancel);
            await Task.Delay(10, Cancel);
        }

        Assert.Single((await process.StandardOutput.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("code 0", (await process.StandardError.ReadToEndAsync(Cancel)).Trim());
    }

    // The command line has the tool as $0, and the servers as $1.
    private static ToolProcess Start(string commandLine, string servers, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("sh", ["-c", commandLine, Path.Combine(AppContext.BaseDirectory, "TypedCache.Tool"), servers])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(start);
    }
}

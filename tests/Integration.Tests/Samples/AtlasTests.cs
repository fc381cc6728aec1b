using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Samples;

public partial class AtlasTests
{
    private const int Kinds = 6;

    [Fact]
    public async Task Embedded_servers_answer_every_warm_look_up()
    {
        var run = await AtlasProcess.RunAsync("--lookups", "2000");

        AssertSuccess(run);
    }

    [Fact]
    public async Task Three_real_servers_answer_every_warm_look_up_and_all_hold_items()
    {
        using var first = MemcachedProcess.Start();
        using var second = MemcachedProcess.Start();
        using var third = MemcachedProcess.Start();
        MemcachedProcess[] servers = [first, second, third];

        var run = await AtlasProcess.RunAsync("--lookups", "2000", "--servers", string.Join(',', servers.Select(server => server.Address)));

        AssertSuccess(run);
        Assert.All(servers, server => Assert.True(CountItems(server) > 0, $"{server.Address} holds nothing:\n{run.Output}"));
    }

    [Fact]
    public async Task A_second_run_starts_with_a_cold_cache_again()
    {
        using var server = MemcachedProcess.Start();
        await AtlasProcess.RunAsync("--lookups", "1000", "--servers", server.Address);

        var run = await AtlasProcess.RunAsync("--lookups", "1000", "--servers", server.Address);

        AssertSuccess(run);
    }

    [Fact]
    public async Task A_server_which_cannot_be_reached_is_named_without_a_stack_trace()
    {
        var address = $"127.0.0.1:{LoopbackPort.Free()}";

        var run = await AtlasProcess.RunAsync("--servers", address);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(address, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_terminal_is_told_what_is_being_done()
    {
        var run = await AtlasProcess.RunInTerminalAsync("--lookups", "1000");

        AssertSuccess(run with { Output = WrittenOver().Replace(run.Output, "").ReplaceLineEndings("\n") });
        Assert.Contains("\r    SQLite alone: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\r    near cache: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lookups", "many")]
    [InlineData("--callers", "0")]
    [InlineData("--servers", "127.0.0.1:port")]
    [InlineData("--database", ".")]
    [InlineData("--unknown", "1")]
    public async Task A_bad_option_is_named(string option, string value)
    {
        var run = await AtlasProcess.RunAsync(option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task The_database_is_kept_where_it_was_asked_for()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.db");
        try
        {
            var run = await AtlasProcess.RunAsync("--lookups", "1000", "--database", file);

            AssertSuccess(run);
            Assert.Equal("SQLite format 3"u8, File.ReadAllBytes(file).AsSpan(0, 15));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void AssertSuccess(AtlasProcess run)
    {
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(run.Errors);

        var cold = Rounds(run, "cold cache");
        Assert.Equal(Kinds, cold.Count);
        Assert.All(cold, round => Assert.True(round.Misses > 0 && round.Hits + round.Misses == round.Lookups, run.Output));

        var warm = Rounds(run, "warm cache");
        Assert.Equal(Kinds, warm.Count);
        Assert.All(warm, round => Assert.True(round.Misses == 0 && round.Hits == round.Lookups, run.Output));

        Assert.Equal(Kinds, Verdict().Count(run.Output));
        Assert.All(
            run.Output.Split('\n').Where(static line => !line.StartsWith("  database ", StringComparison.Ordinal)),
            static line => Assert.True(line.Length <= 80, line));
        AssertNear(run);
        AssertTags(run);
    }

    // How much is near in the first round depends on how long it takes. In the second each city is asked about once, if it ends in time.
    private static void AssertNear(AtlasProcess run)
    {
        var near = NearLine().Matches(run.Output);
        Assert.Equal(["near cache", "near cache, asks \"changed?\""], near.Select(line => line.Groups["name"].Value));
        Assert.All(near, line => Assert.True(Number(line, "misses") == 0 && Number(line, "hits") == Number(line, "lookups"), run.Output));
    }

    private static void AssertTags(AtlasProcess run)
    {
        var computed = ComputedLine().Matches(run.Output).Select(line => Number(line, "computed")).ToList();
        Assert.Equal(3, computed.Count);
        Assert.Equal(0, computed[1]);
        Assert.InRange(computed[2], 1, computed[0] - 1);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"one request invalidated {computed[2]:N0} cities"), run.Output, StringComparison.Ordinal);
    }

    private static List<(int Lookups, int Hits, int Misses)> Rounds(AtlasProcess run, string name) =>
    [
        .. RoundLine().Matches(run.Output)
            .Where(line => line.Groups["name"].Value == name)
            .Select(line => (Number(line, "lookups"), Number(line, "hits"), Number(line, "misses"))),
    ];

    private static int Number(Match line, string group) =>
        int.Parse(line.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // Asked over a plain connection: what the sample prints of its servers is not believed.
    private static int CountItems(MemcachedProcess server)
    {
        using var socket = server.Connect();
        socket.Send("stats\r\n"u8);
        var reply = new StringBuilder();
        var buffer = new byte[4096];
        while (!reply.ToString().EndsWith("END\r\n", StringComparison.Ordinal))
        {
            var count = socket.Receive(buffer);
            Assert.NotEqual(0, count);
            reply.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return int.Parse(CurrentItems().Match(reply.ToString()).Groups["items"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^ +(?<name>\w+ cache) +(?<lookups>[\d,]+) +(?<hits>[\d,]+) +(?<misses>[\d,]+) ", RegexOptions.Multiline)]
    private static partial Regex RoundLine();

    [GeneratedRegex(@"^ +(?<name>near cache[^\d]*?) +(?<lookups>[\d,]+) +(?<hits>[\d,]+) +(?<misses>[\d,]+) +(?<near>\d+) % ", RegexOptions.Multiline)]
    private static partial Regex NearLine();

    [GeneratedRegex(@"^ +The warm cache (is [\d.,]+ times as fast|is about as fast|has \d+ % of SQLite's speed): ", RegexOptions.Multiline)]
    private static partial Regex Verdict();

    // What a terminal does not show in the end: lines that others took the place of, and how its keys are set up.
    [GeneratedRegex(@"[^\r\n]*\r(?!\n)|\x1b\[\?1h\x1b=")]
    private static partial Regex WrittenOver();

    [GeneratedRegex(@"GetOrCreateShareAsync, each city +-> (?<computed>[\d,]+) computed")]
    private static partial Regex ComputedLine();

    [GeneratedRegex(@"STAT curr_items (?<items>\d+)")]
    private static partial Regex CurrentItems();
}

using System.Net;
using System.Text;
using TypedCache.Embedded;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Embedded;

/// <summary>The same bytes go to a real memcached 1.6.18 and to the embedded server; the same bytes have to come back.</summary>
public class DifferentialTests
{
    private const string OracleVersion = "1.6.18";

    public static TheoryData<string> ScriptNames => [.. DifferentialScripts.All.Keys];

    [Theory]
    [MemberData(nameof(ScriptNames))]
    public async Task A_script_is_answered_alike(string name)
    {
        var ct = TestContext.Current.CancellationToken;
        using var real = await StartOracleAsync();
        await using var embedded = Imitate();
        var script = Encoding.Latin1.GetBytes(string.Concat(DifferentialScripts.All[name].Select(line => line + "\r\n")));

        var expected = await Exchange.RunAsync(real.EndPoint, script, ct);
        var actual = await Exchange.RunAsync(embedded.Listen(new IPEndPoint(IPAddress.Loopback, 0)), script, ct);

        ReplyComparison.AssertSame(script, expected, actual);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_commands_are_answered_and_counted_alike(int seed)
    {
        var ct = TestContext.Current.CancellationToken;
        using var real = await StartOracleAsync();
        await using var embedded = Imitate();
        var endPoint = embedded.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var script = new RandomScript(seed).Write(commands: 20_000);

        var expected = await Exchange.RunAsync(real.EndPoint, script, ct);
        var actual = await Exchange.RunAsync(endPoint, script, ct);

        ReplyComparison.AssertSame(script, expected, actual);
        AssertVaried(expected);
        var stats = Encoding.ASCII.GetBytes("stats\r\n");
        var realStats = ServerStats.Parse(await Exchange.RunAsync(real.EndPoint, stats, ct));
        var embeddedStats = ServerStats.Parse(await Exchange.RunAsync(endPoint, stats, ct));
        Assert.Equal(ServerStats.Comparable(realStats), ServerStats.Comparable(embeddedStats));
        Assert.Empty(embeddedStats.Keys.Except(realStats.Keys));
    }

    // Two servers which refuse everything agree as well.
    private static void AssertVaried(byte[] replies)
    {
        var words = Encoding.Latin1.GetString(replies).Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        string[] all =
        [
            "VALUE", "END", "STORED", "NOT_STORED", "EXISTS", "NOT_FOUND", "DELETED", "TOUCHED", "OK", "ERROR", "CLIENT_ERROR", "SERVER_ERROR",
            "HD", "VA", "EN", "NS", "NF", "EX", "ME", "W", "X", "Z", "h0", "h1", "t-1", "b",
        ];
        Assert.Empty(all.Except(words));
    }

    // It answers as 1.6.40 does unless it is told not to.
    private static EmbeddedServer Imitate() => new(new EmbeddedServerOptions { Version = OracleVersion });

    private static async Task<MemcachedProcess> StartOracleAsync()
    {
        // Its background threads would hold references to items at times, and so decide when a number is padded.
        var real = MemcachedProcess.Start("-t", "1", "-o", "no_lru_maintainer,no_lru_crawler");
        var version = Encoding.ASCII.GetString(await Exchange.RunAsync(real.EndPoint, "version\r\n"u8.ToArray(), TestContext.Current.CancellationToken)).Trim();
        if (version != $"VERSION {OracleVersion}")
        {
            real.Dispose();
            RequiredTool.Missing($"the embedded server imitates memcached {OracleVersion}, but the installed memcached says {version}");
        }

        return real;
    }
}

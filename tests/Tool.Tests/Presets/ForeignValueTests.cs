using System.Globalization;
using System.Text;
using TypedCache.Tool.Tests.Servers;

namespace TypedCache.Tool.Tests.Presets;

/// <summary>What <c>locate --get</c> and <c>get</c> say of values that other clients have stored, on real servers.</summary>
[Collection(OnThreeServers.Name)]
public sealed class ForeignValueTests(ThreeServers servers)
{
    // As the clients were recorded: flags and bytes.
    [Theory]
    [InlineData("enyim", 265, "KgAAAA==", "42")]
    [InlineData("enyim", 272, "gEDwHdoq3Ug=", "2025-01-02T03:04:05.0000000Z")]
    [InlineData("enyim", 258, "", "null")]
    [InlineData("pymemcache", 16, "R3LDvMOfZQ==", "Grüße")]
    [InlineData("dalli", 1, "BAhpLw==", "42")]
    [InlineData("spymemcached", 0x700, "P/gAAAAAAAA=", "1.5")]
    [InlineData("node-memcached", 2, "dHJ1ZQ==", "true")]
    [InlineData("gomemcache", 0, "aGVsbG8=", "hello")]
    public async Task A_value_is_decoded_as_its_client_has_written_it(string preset, int flags, string payload, string expected)
    {
        await StoreAsync(preset, flags, payload);

        var located = await RunAsync("locate", preset);
        var got = await RunAsync("get", preset);

        Assert.Equal((0, 0), (located.Code, got.Code));
        Assert.Matches($"value +│ {expected} ", located.Shown);
        Assert.Contains(expected, got.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("not readable", located.Shown + got.Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enyim", 257, "GgAAABAwAAEAAAAQMQACAAAAEDIAAwAAAAA=", "BSON")]
    [InlineData("dalli", 1, "BAh7CEkiB2lkBjoGRVRpDEkiCW5hbWUGOwBUSSIKYWxwaGEGOwBUSSIJdGFncwY7AFRbB0kiBngGOwBUSSIGeQY7AFQ=", "Ruby")]
    [InlineData("pymemcache", 1, "gAVdlC4=", "Python")]
    [InlineData("spymemcached", 1, "rO0ABXNyABNqYXZhLnV0aWwuQXJyYXlMaXN0eIHSHZnHYZ0DAAFJAARzaXpleHAAAAAAdwQAAAAAeA==", "Java")]
    [InlineData("enyim", 16, "MTIzNDU2Nzg=", "Python")]
    public async Task What_cannot_be_read_is_shown_with_who_has_written_it(string preset, int flags, string payload, string writer)
    {
        await StoreAsync(preset, flags, payload);

        var located = await RunAsync("locate", preset);
        var json = await RunAsync("locate", preset, "--json");
        var got = await RunAsync("get", preset);
        var gotJson = await RunAsync("get", preset, "--json");

        Assert.Equal((0, 0), (located.Code, got.Code));
        located.AssertFits();
        got.AssertFits();
        Assert.Matches("not readable +│", located.Shown);
        Assert.Matches("not readable +│", got.Shown);
        var reason = json.Json.GetProperty("item").GetProperty("unreadable").GetString();
        Assert.Contains(writer, reason, StringComparison.Ordinal);
        Assert.StartsWith("The value of key 'user:7' cannot be read as a value: ", reason, StringComparison.Ordinal);
        Assert.Equal(reason, gotJson.Json.GetProperty("unreadable").GetString());
    }

    private async Task<ToolRun> RunAsync(string command, string preset, params string[] more) =>
        await ToolRun.OfAsync([command, "user:7", .. command == "locate" ? ["--get"] : Array.Empty<string>(), "--preset", preset, "--servers", servers.List, .. more]);

    private async Task StoreAsync(string preset, int flags, string payload)
    {
        await using var pool = servers.ConnectEmpty(ClientPresets.All[preset].Create());
        var bytes = Convert.FromBase64String(payload);
        var command = string.Create(CultureInfo.InvariantCulture, $"set user:7 {flags} 0 {bytes.Length}\r\n{Encoding.Latin1.GetString(bytes)}\r\n");
        Assert.Equal("STORED\r\n", servers.Ask(pool.FindServer("user:7").Name, command));
    }
}

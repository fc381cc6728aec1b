using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace TypedCache.Browser.Tests;

/// <summary>What the page's buttons send, and what nobody else can.</summary>
public sealed class ActionRequestTests : IDisposable
{
    private readonly RunningServers _servers = new(2);
    private readonly MemcachedPool _pool;

    public ActionRequestTests() => _pool = _servers.Connect();

    public void Dispose()
    {
        _pool.Dispose();
        _servers.Dispose();
    }

    [Fact]
    public async Task There_is_none_by_default()
    {
        await using var site = await Site.StartAsync([_pool], static options => options.Actions.Add(new TypedCacheDashboardAction("own", "Own", static (_, _) => ValueTask.FromResult("done"))));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(site, "flush")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(site, "own")).Status);
    }

    [Fact]
    public async Task A_server_is_taken_out_of_use_and_used_again()
    {
        await using var site = await Site.StartAsync([_pool], static options => options.AllowActions = true);
        var body = $$"""{"server":"{{_servers.NameOf(1)}}"}""";
        var (status, text) = await PostAsync(site, "disable", body);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(_servers.NameOf(1), text, StringComparison.Ordinal);
        Assert.Equal(ServerState.Failed, _pool.Servers[1].State);
        Assert.NotEqual(ServerState.Failed, _pool.Servers[0].State);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(site, "enable", body)).Status);
        await Patiently.UntilAsync(() => _pool.Servers[1].State != ServerState.Failed);
    }

    [Fact]
    public async Task Flush_empties_all_servers()
    {
        await using var site = await Site.StartAsync([_pool], static options => options.AllowActions = true);
        await _pool.SetAsync("key", 1, Values.CacheCodecs.Int32, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(site, "flush")).Status);
        Assert.Equal(0, await _pool.GetAsync("key", Values.CacheCodecs.Int32, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_action_of_the_application_gets_what_it_was_pressed_for()
    {
        TypedCacheDashboardCall? heard = null;
        await using var site = await Site.StartAsync([_pool], options =>
        {
            options.AllowActions = true;
            options.Actions.Add(new TypedCacheDashboardAction("invalidate", "Invalidate", (call, _) =>
            {
                heard = call;
                return ValueTask.FromResult("\"done\" <b>");
            }) { Choices = ["books", "tea"], IsPerServer = true });
        });
        var (status, text) = await PostAsync(site, "invalidate", $$"""{"server":"{{_servers.NameOf(0)}}","choice":"tea"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"message":"\u0022done\u0022 \u003Cb\u003E","isError":false}""", text);
        Assert.Same(_pool, heard!.Pool);
        Assert.Same(_pool.Servers[0], heard.Server);
        Assert.Equal("tea", heard.Choice);
    }

    [Fact]
    public async Task A_failure_is_told_by_its_message_alone()
    {
        await using var site = await Site.StartAsync([_pool], static options =>
        {
            options.AllowActions = true;
            options.Actions.Add(new TypedCacheDashboardAction("fail", "Fail", static (_, _) => throw new InvalidOperationException("The warehouse is closed.")));
        });
        var (status, text) = await PostAsync(site, "fail");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("""{"message":"The warehouse is closed.","isError":true}""", text);
        Assert.Contains(site.Log.Of("TypedCache.Dashboard"), static line => line.Contains("323 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nothing", "{}", HttpStatusCode.NotFound)]
    [InlineData("disable", "{}", HttpStatusCode.NotFound)]
    [InlineData("disable", """{"server":"elsewhere:1"}""", HttpStatusCode.NotFound)]
    [InlineData("flush", """{"pool":"elsewhere"}""", HttpStatusCode.NotFound)]
    [InlineData("choose", """{"choice":"coffee"}""", HttpStatusCode.NotFound)]
    [InlineData("choose", "{}", HttpStatusCode.NotFound)]
    [InlineData("flush", "", HttpStatusCode.BadRequest)]
    [InlineData("flush", "null", HttpStatusCode.BadRequest)]
    [InlineData("flush", "[1]", HttpStatusCode.BadRequest)]
    [InlineData("flush", "{", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_is_not_done(string action, string body, HttpStatusCode expected)
    {
        await using var site = await Site.StartAsync([_pool], static options =>
        {
            options.AllowActions = true;
            options.Actions.Add(new TypedCacheDashboardAction("choose", "Choose", static (_, _) => throw new InvalidOperationException()) { Choices = ["tea"] });
        });
        Assert.Equal(expected, (await PostAsync(site, action, body)).Status);
    }

    [Theory]
    [InlineData(true, "Sec-Fetch-Site", "same-origin", true)]
    [InlineData(true, "Origin", "own", true)]
    [InlineData(false, "Sec-Fetch-Site", "same-origin", false)]
    [InlineData(false, "Origin", "own", false)]
    [InlineData(true, "Sec-Fetch-Site", "same-site", false)]
    [InlineData(true, "Sec-Fetch-Site", "cross-site", false)]
    [InlineData(true, "Sec-Fetch-Site", "none", false)]
    [InlineData(true, "Origin", "http://localhost:1", false)]
    [InlineData(true, "Origin", "http://127.0.0.1", false)]
    [InlineData(true, "X-Nothing", "1", false)]
    public async Task Only_the_page_itself_can_do_something(bool hasHeader, string header, string value, bool isDone)
    {
        var runs = 0;
        await using var site = await Site.StartAsync([_pool], options =>
        {
            options.AllowActions = true;
            options.Actions.Add(new TypedCacheDashboardAction("own", "Own", (_, _) => ValueTask.FromResult($"{++runs}")));
        });
        using var request = Request("own", "{}");
        request.Headers.Remove("Sec-Fetch-Site");
        request.Headers.Add(header, value == "own" ? site.Root.GetLeftPart(UriPartial.Authority) : value);
        if (!hasHeader)
        {
            request.Headers.Remove("X-TypedCache-Action");
        }

        var (status, _) = await SendAsync(site, request);
        Assert.Equal(isDone ? HttpStatusCode.OK : HttpStatusCode.Forbidden, status);
        Assert.Equal(isDone ? 1 : 0, runs);
    }

    // A form of another site can send these, and a browser does not ask before it does.
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Only_JSON_is_read(string type)
    {
        await using var site = await Site.StartAsync([_pool], static options => options.AllowActions = true);
        using var request = Request("flush", "{}");
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(site, request)).Status);
    }

    [Theory]
    [InlineData(4096, false, HttpStatusCode.OK)]
    [InlineData(4097, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(4096, true, HttpStatusCode.OK)]
    [InlineData(4097, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Bodies_are_short(int length, bool isChunked, HttpStatusCode expected)
    {
        await using var site = await Site.StartAsync([_pool], static options => options.AllowActions = true);
        using var request = Request("flush", "{}".PadRight(length));
        request.Headers.TransferEncodingChunked = isChunked;
        Assert.Equal(expected, (await SendAsync(site, request)).Status);
    }

    [Fact]
    public async Task The_pool_is_chosen_by_its_name()
    {
        using var other = _servers.Connect(static options => options.Telemetry.PoolName = "sessions");
        await using var site = await Site.StartAsync([_pool, other], static options => options.AllowActions = true);
        await PostAsync(site, "disable", $$"""{"pool":"sessions","server":"{{_servers.NameOf(0)}}"}""");
        Assert.Equal(ServerState.Failed, other.Servers[0].State);
        Assert.NotEqual(ServerState.Failed, _pool.Servers[0].State);
    }

    [Fact]
    public async Task Options_that_cannot_work_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Site.StartAsync(configure: static options => options.Title = " "));
        var twice = await Assert.ThrowsAsync<ArgumentException>(() => Site.StartAsync(configure: static options =>
            options.Actions.Add(new TypedCacheDashboardAction("flush", "Flush", static (_, _) => ValueTask.FromResult("")))));
        Assert.Contains("'flush'", twice.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TypedCacheDashboardAction("a b", "Label", static (_, _) => ValueTask.FromResult("")));
        Assert.Throws<ArgumentException>(() => new TypedCacheDashboardAction("a", " ", static (_, _) => ValueTask.FromResult("")));
        Assert.Throws<ArgumentException>(() => new TypedCacheDashboardAction("a", "A", static (_, _) => ValueTask.FromResult("")) { Choices = [null!] });
        Assert.Throws<ArgumentException>(() => new TypedCacheDashboardComparison("Pages", "", "duration", "tag"));
    }

    private static HttpRequestMessage Request(string action, string body) => new(HttpMethod.Post, $"/cache/actions/{action}")
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
        Headers = { { "X-TypedCache-Action", "1" }, { "Sec-Fetch-Site", "same-origin" } },
    };

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(Site site, string action, string body = "{}")
    {
        using var request = Request(action, body);
        return await SendAsync(site, request);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(Site site, HttpRequestMessage request)
    {
        using var client = site.CreateClient();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

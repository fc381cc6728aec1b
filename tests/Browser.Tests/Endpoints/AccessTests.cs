using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace TypedCache.Browser.Tests;

/// <summary>Who may see the page.</summary>
public sealed partial class AccessTests
{
    private const string Log = "TypedCache.Dashboard";

    [Fact]
    public async Task This_machine_sees_it_by_default()
    {
        await using var site = await Site.StartAsync();
        using var client = site.CreateClient();
        foreach (var (path, type) in new[] { ("/cache", "text/html"), ("/cache/", "text/html"), ("/cache/dashboard.css", "text/css"), ("/cache/dashboard.js", "text/javascript") })
        {
            using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
                Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.True(response.Headers.CacheControl!.NoStore);
        }

        Assert.Empty(site.Log.Of(Log));
    }

    [Theory]
    [InlineData("Host", "localhost:5000")]
    [InlineData("Host", "LOCALHOST")]
    [InlineData("Host", "127.1.2.3")]
    [InlineData("Host", "[::1]:5000")]
    [InlineData(Site.RemoteHeader, "127.8.8.8")]
    [InlineData(Site.RemoteHeader, "::1")]
    [InlineData(Site.RemoteHeader, "::ffff:127.0.0.1")]
    [InlineData("Referer", "http://localhost:5000/cache")]
    public async Task Each_name_of_this_machine_is_taken_for_it(string header, string value)
    {
        await using var site = await Site.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(site, "/cache", header, value));
    }

    [Theory]
    [InlineData(Site.RemoteHeader, "192.168.1.7", "another address")]
    [InlineData(Site.RemoteHeader, "::ffff:10.0.0.1", "another address")]
    [InlineData(Site.RemoteHeader, "fe80::1", "another address")]
    [InlineData(Site.RemoteHeader, "none", "another address")]
    [InlineData("Host", "shop.example", "a host that is not local")]
    [InlineData("Host", "localhost.shop.example", "a host that is not local")]
    [InlineData("Host", "127.0.0.1.shop.example", "a host that is not local")]
    [InlineData("Host", "10.0.0.1", "a host that is not local")]
    [InlineData("X-Forwarded-For", "127.0.0.1", "a proxy")]
    [InlineData("X-Forwarded-Host", "localhost", "a proxy")]
    [InlineData("X-Forwarded-Proto", "https", "a proxy")]
    [InlineData("X-Original-For", "127.0.0.1:5000", "a proxy")]
    [InlineData("Forwarded", "for=127.0.0.1", "a proxy")]
    [InlineData("X-Real-IP", "127.0.0.1", "a proxy")]
    [InlineData("Via", "1.1 proxy", "a proxy")]
    [InlineData("Origin", "http://shop.example", "a page that is not local")]
    [InlineData("Referer", "http://shop.example/cache", "a page that is not local")]
    [InlineData("Origin", "null", "a page that is not local")]
    public async Task Everybody_else_is_told_the_way_out(string header, string value, string reason)
    {
        using var servers = new RunningServers(1);
        using var pool = servers.Connect();
        await using var site = await Site.StartAsync([pool], static options => options.AllowActions = true);
        using var client = site.CreateClient();
        foreach (var path in (string[])["/cache", "/cache/dashboard.css", "/cache/dashboard.js", "/cache/events", "/cache/actions/flush"])
        {
            using var request = new HttpRequestMessage(path.EndsWith("flush", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains(reason, text, StringComparison.Ordinal);
            Assert.Contains(".RequireAuthorization(", text, StringComparison.Ordinal);
        }

        // One line for all of them.
        var line = Assert.Single(site.Log.Of(Log));
        Assert.Contains(".RequireAuthorization(", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_adds_no_header_is_known_by_its_protocol()
    {
        await using var site = await Site.StartAsync();
        using var client = site.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cache") { Version = HttpVersion.Version10 };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("a proxy", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_answers_over_IPv6()
    {
        await using var site = await Site.StartAsync(url: "http://[::1]:0");
        using var client = site.CreateClient();
        Assert.Contains("<title>", await client.GetStringAsync(site.Dashboard, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_authorization_it_is_for_those_who_are_authorized_and_for_nobody_else()
    {
        await using var site = await Site.StartAsync(services: TestUsers.AddTo, map: static app => app.MapTypedCacheDashboard().RequireAuthorization());
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(site, "/cache"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(site, "/cache/events"));
        using var client = site.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cache") { Headers = { { TestUsers.Header, "ada" }, { Site.RemoteHeader, "192.168.1.7" }, { "X-Forwarded-For", "10.0.0.1" } } };
        request.Headers.Host = "shop.example";
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Authorization_that_is_taken_away_again_leaves_it_to_this_machine()
    {
        await using var site = await Site.StartAsync(services: TestUsers.AddTo, map: static app => app.MapTypedCacheDashboard().RequireAuthorization().AllowAnonymous());
        Assert.Equal(HttpStatusCode.OK, await AskAsync(site, "/cache"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(site, "/cache", Site.RemoteHeader, "192.168.1.7"));
    }

    [Theory]
    [InlineData("/cache", "/cache")]
    [InlineData("/cache", "/cache/")]
    [InlineData("/", "/")]
    [InlineData("/admin/{tenant}/live", "/admin/a%20b/live")]
    [InlineData("/admin/{tenant}", "/admin/x:y")]
    public async Task Its_files_are_found_wherever_it_is(string pattern, string path)
    {
        await using var site = await Site.StartAsync(map: app => app.MapTypedCacheDashboard(pattern));
        using var client = site.CreateClient();
        var page = new Uri(site.Root, path);
        var html = await client.GetStringAsync(page, TestContext.Current.CancellationToken);
        var files = FileReference().Matches(html).Select(match => new Uri(page, WebUtility.HtmlDecode(match.Groups["file"].Value))).ToList();
        Assert.Equal(2, files.Count);
        foreach (var file in files)
        {
            using var response = await client.GetAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Its_title_is_text()
    {
        await using var site = await Site.StartAsync(configure: static options => options.Title = "<script>alert(1)</script>");
        using var client = site.CreateClient();
        var html = await client.GetStringAsync(site.Dashboard, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_small_and_brings_nothing_from_elsewhere()
    {
        await using var site = await Site.StartAsync();
        using var client = site.CreateClient();
        var length = 0;
        foreach (var path in (string[])["/cache", "/cache/dashboard.css", "/cache/dashboard.js"])
        {
            var text = await client.GetStringAsync(path, TestContext.Current.CancellationToken);
            length += System.Text.Encoding.UTF8.GetByteCount(text);
            Assert.DoesNotContain("//", text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("// ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("style=", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
        }

        Assert.True(length < 64 * 1024, $"The page has {length} bytes.");
    }

    private static async Task<HttpStatusCode> AskAsync(Site site, string path, string? header = null, string? value = null)
    {
        using var client = site.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    [GeneratedRegex("(?:href|src)=\"(?<file>\\./[^\"]+)\"")]
    private static partial Regex FileReference();
}

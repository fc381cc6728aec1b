using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace TypedCache.Storefront.Tests.Site;

/// <summary>Somebody with a browser that takes no malformed HTML.</summary>
internal sealed class Shopper(HttpClient client) : IDisposable
{
    private readonly HtmlParser _parser = new(new HtmlParserOptions { IsStrictMode = true });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens a page.</summary>
    public async Task<IHtmlDocument> OpenAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return await ReadAsync(response, status);
    }

    /// <summary>Sends the first form of a page with some fields changed, and opens the page that follows.</summary>
    public async Task<IHtmlDocument> SendAsync(IHtmlDocument page, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] changes)
    {
        var form = page.Forms[0];
        var fields = form.QuerySelectorAll("input").Cast<IHtmlInputElement>().ToDictionary(static field => field.Name!, static field => field.Value);
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var response = await client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), content, Token);
        return await ReadAsync(response, status);
    }

    /// <summary>The answer to a request of a program.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpRequestMessage request) => client.SendAsync(request, Token);

    public void Dispose() => client.Dispose();

    private async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == status, $"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode}\n{text}");
        var document = await _parser.ParseDocumentAsync(text, Token);

        // There is none on any page, so one that is there came from elsewhere.
        Assert.Empty(document.Scripts);
        Assert.DoesNotContain(document.All, static element => element.Attributes.Any(static attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        return document;
    }
}

using System.Text.Json;

namespace TypedCache.Browser.Tests;

/// <summary>Reads the events of a page, as a browser does.</summary>
public sealed class EventReader : IDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpClient client, HttpResponseMessage response, StreamReader lines) => (_client, _response, _lines) = (client, response, lines);

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> OpenAsync(Site site)
    {
        var client = site.CreateClient();
        var response = await client.GetAsync("/cache/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return new EventReader(client, response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next event; null: the stream has ended.</summary>
    public async Task<(string Name, JsonElement Data)?> NextAsync()
    {
        if (await _lines.ReadLineAsync(TestContext.Current.CancellationToken) is not { } first)
        {
            return null;
        }

        Assert.StartsWith("event: ", first, StringComparison.Ordinal);
        var second = await _lines.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("data: {", second, StringComparison.Ordinal);
        Assert.Equal("", await _lines.ReadLineAsync(TestContext.Current.CancellationToken));
        return (first["event: ".Length..], JsonDocument.Parse(second!["data: ".Length..]).RootElement);
    }

    /// <summary>The next sample for which something holds.</summary>
    public async Task<JsonElement> SampleAsync(Func<JsonElement, bool>? wanted = null)
    {
        while (await NextAsync() is { } next)
        {
            if (next.Name == "sample" && wanted?.Invoke(next.Data) != false)
            {
                return next.Data;
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
        _client.Dispose();
    }
}

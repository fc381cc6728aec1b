using System.Net.Http.Json;
using Storefront.Endpoints;

namespace Storefront.Load;

/// <summary>A visitor with cookies.</summary>
/// <param name="client">Sends the requests.</param>
internal sealed class LoadVisitor(HttpClient client)
{
    private readonly Dictionary<string, string> _cookies = [];
    private string _header = "";

    /// <summary>Chooses where things are delivered to, and so which prices are shown.</summary>
    public Task ChooseAsync(int city, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/api/delivery") { Content = JsonContent.Create(new DeliveryChoice(city), ShopJson.Default.DeliveryChoice) }, cancellationToken);

    /// <summary>Sends a request, and reads all of the answer.</summary>
    /// <exception cref="HttpRequestException">The answer is no success.</exception>
    public async Task SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var cookies = Volatile.Read(ref _header);
        if (cookies.Length > 0)
        {
            request.Headers.Add("Cookie", cookies);
        }

        using var response = await client.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            Remember(set);
        }

        response.EnsureSuccessStatusCode();
    }

    // Several requests of one visitor may be under way.
    private void Remember(IEnumerable<string> set)
    {
        lock (_cookies)
        {
            foreach (var cookie in set)
            {
                var pair = cookie.AsSpan(0, cookie.AsSpan().IndexOf(';') is >= 0 and var end ? end : cookie.Length);
                var equals = pair.IndexOf('=');
                _cookies[pair[..equals].ToString()] = pair[(equals + 1)..].ToString();
            }

            Volatile.Write(ref _header, string.Join("; ", _cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
        }
    }
}

using Microsoft.AspNetCore.Http;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Whether a request was made by the page itself. Another site can make a browser send one with the user's cookies.</summary>
internal static class SameOrigin
{
    /// <summary>A header that no form can send, and no script of another site without asking first.</summary>
    public const string ActionHeader = "X-TypedCache-Action";

    /// <summary>Whether the browser says so.</summary>
    public static bool IsProven(HttpRequest request)
    {
        if (!request.Headers.ContainsKey(ActionHeader))
        {
            return false;
        }

        // No script can set this one. Browsers leave it out where the page came over plain HTTP from another machine.
        string? site = request.Headers["Sec-Fetch-Site"];
        return site is not null ? site == "same-origin" : IsOrigin(request.Headers.Origin, request.Host);
    }

    // The scheme may differ: whatever ends TLS in front of the application is not seen here.
    private static bool IsOrigin(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && host.HasValue
        && Uri.TryCreate($"{address.Scheme}://{host.Value}", UriKind.Absolute, out var own)
        && string.Equals(address.Authority, own.Authority, StringComparison.OrdinalIgnoreCase);
}

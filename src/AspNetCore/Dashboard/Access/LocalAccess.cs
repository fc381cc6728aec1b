using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>
/// Who may see the page where the application has not said so: this machine. A reverse proxy on the same machine makes strangers look local, and
/// so does a name that is made to resolve to a loopback address; what both leave behind is looked for.
/// </summary>
internal static class LocalAccess
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "CF-Connecting-IP"];

    /// <summary>Why a request is refused; null: it is not.</summary>
    public static string? Refusal(HttpContext context)
    {
        var request = context.Request;
        return RequiresAuthorization(context.GetEndpoint()) ? null
            : !IsLoopback(context.Connection.RemoteIpAddress) ? "it came from another address"
            : !IsLoopback(request.Host) ? "it was for a host that is not local"
            : IsForwarded(request) ? "a proxy has forwarded it"
            : IsLoopbackPage(request.Headers.Origin) && IsLoopbackPage(request.Headers.Referer) ? null
            : "it came from a page that is not local";
    }

    // Authorization has been asked before, unless the endpoint is open to all as well.
    private static bool RequiresAuthorization(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsLoopback(HostString host) => IsLoopbackHost(host.Host);

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsLoopback(address));

    // No browser speaks HTTP/1.0. nginx does for long, and adds no header unless it is told to.
    private static bool IsForwarded(HttpRequest request)
    {
        if (HttpProtocol.IsHttp10(request.Protocol))
        {
            return true;
        }

        foreach (var (name, _) in request.Headers)
        {
            if (name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
                || ForwardingHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // Where a proxy has changed the host, a browser still says which page it is on.
    private static bool IsLoopbackPage(string? page) =>
        string.IsNullOrEmpty(page) || (Uri.TryCreate(page, UriKind.Absolute, out var address) && IsLoopbackHost(address.Host));
}

using System.Net;

namespace Storefront.CommandLine;

/// <summary>The address at which the shop can be opened on this machine.</summary>
/// <param name="urls">Where it listens.</param>
internal sealed class ShopAddress(IEnumerable<string> urls)
{
    /// <summary>The address.</summary>
    public Uri Uri { get; } = Loopback(new Uri(urls.First()));

    // What listens on all addresses of the machine listens on this one, too.
    private static Uri Loopback(Uri address) =>
        IPAddress.TryParse(address.Host.Trim('[', ']'), out var host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri
            : address;
}

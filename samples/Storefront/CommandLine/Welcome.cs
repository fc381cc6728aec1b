using TypedCache;

namespace Storefront.CommandLine;

/// <summary>What the shop is, where to look and what to try.</summary>
/// <param name="address">The address of the shop.</param>
/// <param name="options">What was asked for.</param>
/// <param name="database">The file of the database.</param>
/// <param name="isEmbedded">Whether the servers are in this process.</param>
internal sealed class Welcome(Uri address, StorefrontOptions options, string database, bool isEmbedded)
{
    /// <summary>Says it.</summary>
    public void Write(TextWriter output, IServiceProvider services)
    {
        var servers = string.Join(", ", services.GetRequiredService<MemcachedPool>().Servers.Select(static server => server.Name));
        output.WriteLine($"""

            A shop of 20,000 products in front of SQLite, with its caches in TypedCache.

              shop         {address}
              live page    {address}cache
              caches       {servers}{(isEmbedded ? ", in this process (--servers takes real ones)" : "")}
              database     {database}{(options.OriginDelay > TimeSpan.Zero ? $", each query {options.OriginDelay.TotalMilliseconds:0} ms slower than it is: --origin-delay" : "")}

            Try
              visitors     dotnet run --project samples/Storefront -- --load {address}    in another terminal; watch the live page
              compare      {address}product/1 and {address}product/1?cache=off
              break it     on the live page: {(isEmbedded ? "stop a server, expire the hot product, add a server" : "expire the hot product, take a server out of use, flush all")}

            Ctrl+C ends it.

            """);
#if DEBUG
        output.WriteLine("This is a Debug build; for higher numbers: dotnet run -c Release --project samples/Storefront\n");
#endif
    }
}

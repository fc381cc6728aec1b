using System.Diagnostics;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Interop.Tests.Php;

/// <summary>A PHP process with one of the two memcached extensions, connected to the servers of a test.</summary>
public sealed class PhpClient : ClientProcess
{
    private const string Packages = "php-cli php-memcache php-memcached";

    private PhpClient(PhpSetup setup, ProcessStartInfo start, IEnumerable<MemcachedServerOptions> servers)
        : base("PHP", start, setup.Extension, servers, setup.Options, $"install it with: apt-get install {Packages}")
    {
    }

    /// <summary>Starts PHP; the calling test is skipped, or fails, where PHP or the extension is missing.</summary>
    public static PhpClient Start(PhpSetup setup, IEnumerable<MemcachedServerOptions> servers)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Php", "client.php");
        return new PhpClient(setup, new ProcessStartInfo(RequiredTool.Find("php", Packages), ["-d", "display_errors=0", program]), servers);
    }

    /// <summary>Reads each key and decodes it by <c>msgpack_unpack()</c>, as <see cref="ClientProcess.Get"/>.</summary>
    public object?[] GetUnpacked(IEnumerable<string> keys) => Ask(new { op = "unpack", keys = Encode(keys) }, ReadShown);
}

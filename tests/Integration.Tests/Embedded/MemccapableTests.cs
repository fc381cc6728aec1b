using System.Diagnostics;
using System.Net;
using TypedCache.Embedded;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Embedded;

public class MemccapableTests
{
    [Fact]
    public async Task The_ascii_suite_of_libmemcached_passes()
    {
        var program = RequiredTool.Find("memccapable", "libmemcached-tools");
        await using var server = new EmbeddedServer();
        var endPoint = server.Listen(new IPEndPoint(IPAddress.Loopback, 0));

        using var suite = Process.Start(new ProcessStartInfo(program, ["-a", "-h", "127.0.0.1", "-p", $"{endPoint.Port}"]) { RedirectStandardOutput = true })!;
        var output = await suite.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await suite.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("All tests passed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("[FAIL]", output, StringComparison.Ordinal);
        Assert.Equal(0, suite.ExitCode);
    }
}

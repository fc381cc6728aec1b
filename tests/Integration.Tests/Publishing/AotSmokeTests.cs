using System.Globalization;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>Publishes the programs of tests/AotSmoke as native code and runs them.</summary>
[Collection(SdkBuilds.Name)]
public sealed class AotSmokeTests(TemporaryFolder folder, ITestOutputHelper console) : IClassFixture<TemporaryFolder>
{
    [Fact]
    public async Task Every_operation_with_every_codec_runs_as_native_code()
    {
        var program = await PublishAsync("Everything", "TypedCache.AotSmoke");
        program.AssertNoWarnings();

        Report(program, await program.RunAsync());
        using var memcached = MemcachedProcess.Start();
        Report(program, await program.RunAsync(memcached.Address));
    }

    [Fact]
    public async Task A_client_of_strings_alone_runs_as_native_code()
    {
        var program = await PublishAsync("StringsOnly", "TypedCache.AotSmoke.StringsOnly");
        program.AssertNoWarnings();

        Report(program, await program.RunAsync());
        using var memcached = MemcachedProcess.Start();
        Report(program, await program.RunAsync(memcached.Address));
    }

    private Task<NativeProgram> PublishAsync(string variant, string name) =>
        NativeProgram.PublishAsync(Path.Combine(DotnetSdk.Repository, "tests", "AotSmoke", variant, $"{name}.csproj"), name, folder);

    private void Report(NativeProgram program, FinishedProcess run) => console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileName(program.File)}: {program.Bytes:N0} bytes, start to end {run.Duration.TotalMilliseconds:F0} ms\n{run.Output}"));
}

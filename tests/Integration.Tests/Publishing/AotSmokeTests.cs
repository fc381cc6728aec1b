using System.Globalization;
using System.IO.Compression;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MessagePack;
using TypedCache.Creation;
using TypedCache.Discovery;
using TypedCache.Embedded;
using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Integration.Tests.External;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Transport;
using TypedCache.Values;
using TypedCache.Values.Php;

namespace TypedCache.Integration.Tests.Publishing;

/// <summary>Publishes the programs of tests/AotSmoke as native code and runs them.</summary>
[Collection(SdkBuilds.Name)]
public sealed class AotSmokeTests(SdkArtifacts sdk, TemporaryFolder folder, ITestOutputHelper console) : IClassFixture<TemporaryFolder>
{
    // In bytes. TLS alone is more than the rest, so this is exceeded as soon as something names it.
    private const int LargestOfStringsOnly = 3_500_000;

    // What a program has only if it names it, or something else that brings it along.
    private static readonly Type[] Unnamed =
    [
        typeof(SslStream), typeof(X509Certificate2), typeof(TlsConnector),
        typeof(PhpTranscoder), typeof(PhpSerialized), typeof(PhpMemcachedDialect), typeof(FastLz),
        typeof(SharedDialect), typeof(EnyimDialect), typeof(PythonDialect), typeof(DalliDialect), typeof(SpymemcachedDialect), typeof(NodeMemcachedDialect), typeof(PlainDialect), typeof(Gzip),
        typeof(PointRing), typeof(PhpMemcachedHashing), typeof(Md5HashFunction), typeof(Md5Digest), typeof(RingSort),
        typeof(RendezvousHashStrategy), typeof(FixedLogarithm), typeof(MovedShare),
        typeof(SlotsHashStrategy), typeof(PymemcacheStrategy), typeof(Sha1Digest), typeof(TigerDigest), typeof(Base64KeyTransformer), typeof(WithoutFailedSequence),
        typeof(EmbeddedStore), typeof(EmbeddedSession),
        typeof(DiscoveryWatch), typeof(StandInConnector), typeof(ElastiCacheDiscovery),
        typeof(MessagePackReader), typeof(GetOrCreateCall<,>), typeof(AuditRun<>), typeof(BatchReadOperation), typeof(StatusBatch<>),
        typeof(Enumerable),
    ];

    // What the program with everything names of that, to show that a map tells.
    private static readonly Type[] Named =
    [
        typeof(PhpTranscoder), typeof(PhpSerialized), typeof(EmbeddedStore), typeof(EmbeddedSession), typeof(MessagePackReader),
        typeof(GetOrCreateCall<,>), typeof(AuditRun<>), typeof(BatchReadOperation), typeof(StatusBatch<>), typeof(Enumerable), typeof(ZLibStream),
    ];

    [Fact]
    public async Task Every_operation_with_every_codec_runs_as_native_code()
    {
        var program = await PublishAsync("Everything", "TypedCache.AotSmoke");
        program.AssertNoWarnings();

        Report(program, await program.RunAsync());
        Assert.All(Named, type => Assert.True(program.Keeps(type), $"{type} is used"));
        using var memcached = MemcachedProcess.Start();
        Report(program, await program.RunAsync(memcached.Address));
    }

    [Fact]
    public async Task A_client_of_strings_alone_is_small_as_native_code()
    {
        var program = await PublishAsync("StringsOnly", "TypedCache.AotSmoke.StringsOnly");
        program.AssertNoWarnings();

        using var memcached = MemcachedProcess.Start();
        Report(program, await program.RunAsync(memcached.Address));
        Assert.InRange(program.Bytes, 1, LargestOfStringsOnly);
        Assert.All(Unnamed, type => Assert.False(program.Keeps(type), $"{type} is in the program, which does not name it"));
        Assert.True(program.Keeps(typeof(ZLibStream)), "by default values are compressed");
    }

    [Fact]
    public async Task Options_without_zlib_leave_it_out_of_the_native_program()
    {
        var program = await PublishAsync("StringsOnly", "TypedCache.AotSmoke.StringsOnly", "-p:Compression=none");

        using var memcached = MemcachedProcess.Start();
        Report(program, await program.RunAsync(memcached.Address));
        Assert.False(program.Keeps(typeof(ZLibStream)), "zlib is in the program");
    }

    private Task<NativeProgram> PublishAsync(string variant, string name, params string[] properties) => NativeProgram.PublishAsync(
        Path.Combine(DotnetSdk.Repository, "tests", "AotSmoke", variant, $"{name}.csproj"), name, sdk.Path, folder.Path, properties);

    private void Report(NativeProgram program, FinishedProcess run) => console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileName(program.File)}: {program.Bytes:N0} bytes, start to end {run.Duration.TotalMilliseconds:F0} ms\n{run.Output}"));
}

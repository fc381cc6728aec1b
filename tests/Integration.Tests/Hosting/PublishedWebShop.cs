using TypedCache.Integration.Tests.Publishing;

namespace TypedCache.Integration.Tests.Hosting;

/// <summary>The web application tests/WebShop, published as native code once for all tests.</summary>
public sealed class PublishedWebShop(SdkArtifacts sdk) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The native program.</summary>
    internal NativeProgram Program { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Program = await NativeProgram.PublishAsync(
        Path.Combine(DotnetSdk.Repository, "tests", "WebShop", "WebShop.csproj"), "WebShop", sdk.Path, _folder.Path);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

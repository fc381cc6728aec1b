namespace TypedCache.Integration.Tests.Publishing;

/// <summary>Where the tests that run the SDK build the projects of the solution: once for all, and apart from the solution's own builds.</summary>
public sealed class SdkArtifacts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder for <c>bin</c> and <c>obj</c>.</summary>
    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();
}

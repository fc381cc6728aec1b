namespace TypedCache.Integration.Tests.Publishing;

/// <summary>Tests which run the SDK: one after the other, since each keeps all processors busy, and none beside tests which measure time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SdkBuilds : ICollectionFixture<SdkArtifacts>
{
    public const string Name = "SDK builds";
}

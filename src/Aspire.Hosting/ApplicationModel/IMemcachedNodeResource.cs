namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// One server of a <see cref="MemcachedResource"/>: a container, or a process after
/// <see cref="MemcachedBuilderExtensions.RunAsEmbedded"/>. Its connection string is that server alone.
/// </summary>
public interface IMemcachedNodeResource : IResourceWithConnectionString, IResourceWithEndpoints, IResourceWithArgs
{
    /// <summary>Where the server listens.</summary>
    EndpointReference PrimaryEndpoint { get; }
}

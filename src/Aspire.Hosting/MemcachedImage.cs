namespace Aspire.Hosting;

/// <summary>The container image.</summary>
internal static class MemcachedImage
{
    public const string Registry = "docker.io";
    public const string Image = "library/memcached";
    public const string Tag = "1.6";
}

namespace TypedCache;

/// <summary>
/// Public members by name, for messages that tell the reader what to change. The layers that write these messages lie below the
/// members and cannot refer to them.
/// </summary>
internal static class PublicNames
{
    public const string Pool = "MemcachedPool";

    public const string Protocol = "MemcachedPoolOptions.Protocol";

    public const string Credentials = "MemcachedPoolOptions.Credentials";

    public const string Tls = "MemcachedPoolOptions.Tls";

    public const string MaxQueuedBytes = "MemcachedPoolOptions.MaxQueuedBytes";

    public const string ConnectionsPerServer = "MemcachedPoolOptions.ConnectionsPerServer";

    public const string MaxValueLength = "MemcachedPoolOptions.MaxValueLength";
}

using Microsoft.Extensions.Logging;

namespace TypedCache.AspNetCore;

/// <summary>What the store logs. Keys are not among it: they are URLs.</summary>
internal static partial class OutputCachingLog
{
    [LoggerMessage(311, LogLevel.Warning, "A response of {Length} bytes is not cached, because it is too large for memcached. Raise the servers' item size limit (option -I), or send less. This is logged at most once a minute.")]
    public static partial void ResponseTooLarge(this ILogger logger, long length);
}

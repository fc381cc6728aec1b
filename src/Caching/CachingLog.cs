using Microsoft.Extensions.Logging;

namespace TypedCache.Caching;

/// <summary>What the adapters log. Keys are not among it: they may be URLs or session ids.</summary>
internal static partial class CachingLog
{
    [LoggerMessage(301, LogLevel.Warning, "A value of {Length} bytes is not cached, because it is too large for memcached. Raise the servers' item size limit (option -I), or store less. This is logged at most once a minute.")]
    public static partial void ValueTooLarge(this ILogger logger, long length);

    [LoggerMessage(302, LogLevel.Warning, "memcached failed, and the cache does without it. This is logged at most once a minute.")]
    public static partial void FailureIgnored(this ILogger logger, Exception exception);

    [LoggerMessage(303, LogLevel.Debug, "A sliding expiration could not be renewed.")]
    public static partial void RenewalFailed(this ILogger logger, Exception exception);
}

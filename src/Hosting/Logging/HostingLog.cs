using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedCache.Hosting;

/// <summary>What this package logs, in the category <c>TypedCache.Hosting</c>. No event has a password.</summary>
internal static partial class HostingLog
{
    public static ILogger For(IServiceProvider services) =>
        (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("TypedCache.Hosting");

    [LoggerMessage(101, LogLevel.Information, "No memcached server is configured for {Cache}. In the environment Development an embedded one in this process is used instead. Set {Paths} for real ones.")]
    public static partial void UsesEmbeddedServer(this ILogger logger, string cache, string paths);

    [LoggerMessage(102, LogLevel.Information, "Settings of {Cache} have changed and are in use: {Settings}.")]
    public static partial void SettingsApplied(this ILogger logger, string cache, string settings);

    [LoggerMessage(103, LogLevel.Warning, "The setting {Setting} of {Cache} has changed, which takes effect when the application is started again.")]
    public static partial void NeedsRestart(this ILogger logger, string cache, string setting);

    [LoggerMessage(104, LogLevel.Error, "The changed settings of {Cache} cannot be used; it goes on with those that it had. {Reason}")]
    public static partial void SettingsRefused(this ILogger logger, string cache, string reason);

    [LoggerMessage(105, LogLevel.Information, "Warmed up {Cache}: {Servers} servers answered.")]
    public static partial void WarmedUp(this ILogger logger, string cache, int servers);

    [LoggerMessage(106, LogLevel.Warning, "{Cache} was not warmed up, and the application starts without: {Reason}")]
    public static partial void NotWarmedUp(this ILogger logger, string cache, string reason);
}

using Microsoft.Extensions.Logging;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>What the live page logs.</summary>
internal static partial class DashboardLog
{
    [LoggerMessage(321, LogLevel.Warning, "The live page of the caches refused a request, because {Reason}. It answers this machine only, unless it is mapped with .RequireAuthorization(...). This is logged at most once a minute.")]
    public static partial void Refused(this ILogger logger, string reason);

    [LoggerMessage(322, LogLevel.Information, "The action {Action} of the live page was run for {Server}.")]
    public static partial void ActionRun(this ILogger logger, string action, string server);

    [LoggerMessage(323, LogLevel.Error, "The action {Action} of the live page failed for {Server}.")]
    public static partial void ActionFailed(this ILogger logger, Exception exception, string action, string server);

    [LoggerMessage(324, LogLevel.Error, "The live page of the caches could not read what it shows. It tries again every second; this is logged at most once a minute.")]
    public static partial void SampleFailed(this ILogger logger, Exception exception);
}

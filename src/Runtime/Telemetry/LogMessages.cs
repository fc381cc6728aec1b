using Microsoft.Extensions.Logging;

namespace TypedCache.Telemetry;

/// <summary>What is logged. Never a value, a password or a key; the ids stay what they are.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Warning, "server {Server} failed: {Reason} Next attempt in {Delay}.", EventName = nameof(ServerFailed))]
    public static partial void ServerFailed(ILogger log, string server, string reason, string delay);

    [LoggerMessage(2, LogLevel.Information, "server {Server} is back after {Duration}, version {Version}", EventName = nameof(ServerIsBack))]
    public static partial void ServerIsBack(ILogger log, string server, TimeSpan duration, string version);

    [LoggerMessage(3, LogLevel.Debug, "connected {Server} ({Protocol}, {Tls})", EventName = nameof(Connected))]
    public static partial void Connected(ILogger log, string server, string protocol, string tls);

    [LoggerMessage(4, LogLevel.Error, "the stream of {Server} was out of step and was closed", EventName = nameof(OutOfStep))]
    public static partial void OutOfStep(ILogger log, string server);

    [LoggerMessage(5, LogLevel.Warning, "a value of {Template} cannot be read as {Type}: its flags are 0x{Flags:X}", EventName = nameof(CannotBeRead))]
    public static partial void CannotBeRead(ILogger log, string template, string type, uint flags);

    [LoggerMessage(6, LogLevel.Debug, "a created value of {Template} was not stored: its key had changed", EventName = nameof(Superseded))]
    public static partial void Superseded(ILogger log, string template);

    [LoggerMessage(7, LogLevel.Warning, "the create function of {Template} took {Duration}, longer than its LeaseTime of {LeaseTime}", EventName = nameof(CreatedLate))]
    public static partial void CreatedLate(ILogger log, string template, TimeSpan duration, TimeSpan leaseTime);

    [LoggerMessage(8, LogLevel.Information, "topology {Version}: added {Added}, removed {Removed}; {Percentage:0.0} % of the keys have another server now", EventName = nameof(ServersChanged), SkipEnabledCheck = true)]
    public static partial void ServersChanged(ILogger log, long version, string added, string removed, double percentage);

    [LoggerMessage(9, LogLevel.Warning, "a value of {Template} has {Size} bytes, more than can be stored", EventName = nameof(TooLarge))]
    public static partial void TooLarge(ILogger log, string template, long size);

    [LoggerMessage(10, LogLevel.Warning, "a value of {Template} that has been stored for {Age} is not what its create function gives: an invalidation may be missing", EventName = nameof(Differs))]
    public static partial void Differs(ILogger log, string template, string age);

    [LoggerMessage(30, LogLevel.Information, "the move of keys to the servers of topology {Version} goes on: {Phase}", EventName = nameof(MoveGoesOn))]
    public static partial void MoveGoesOn(ILogger log, long version, string phase);

    [LoggerMessage(20, LogLevel.Warning, "server {Server} {Reason} It stays in use, because too many servers are out of use.", EventName = nameof(ServerIsKeptSick))]
    public static partial void ServerIsKeptSick(ILogger log, string server, string reason);

    [LoggerMessage(21, LogLevel.Information, "server {Server} misses deletes, or values that are newer than its own: they are noted until it is back", EventName = nameof(MissesDeletes))]
    public static partial void MissesDeletes(ILogger log, string server);

    [LoggerMessage(22, LogLevel.Information, "server {Server} has caught up: {Count} keys that it had missed were removed or marked as stale", EventName = nameof(CaughtUp))]
    public static partial void CaughtUp(ILogger log, string server, int count);

    [LoggerMessage(23, LogLevel.Warning, "server {Server} has missed more deletes than are kept. {Consequence}", EventName = nameof(MissedDeletesDropped))]
    public static partial void MissedDeletesDropped(ILogger log, string server, string consequence);

    [LoggerMessage(40, LogLevel.Information, "{Source} named {Count} servers, version {Version}", EventName = nameof(ServersDiscovered))]
    public static partial void ServersDiscovered(ILogger log, string source, int count, string version);

    [LoggerMessage(41, LogLevel.Warning, "{Source} named no servers that can be used: {Reason} {Consequence}", EventName = nameof(DiscoveryFailed))]
    public static partial void DiscoveryFailed(ILogger log, string source, string reason, string consequence);

    [LoggerMessage(42, LogLevel.Information, "{Source} names servers again, after {Duration}", EventName = nameof(DiscoveryIsBack))]
    public static partial void DiscoveryIsBack(ILogger log, string source, TimeSpan duration);

    [LoggerMessage(43, LogLevel.Warning, "{Source} named other servers as version {Version}, which was ignored: version {Newest} is known already", EventName = nameof(ListIgnored))]
    public static partial void ListIgnored(ILogger log, string source, long version, long newest);
}

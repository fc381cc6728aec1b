namespace TypedCache;

/// <summary>An event handler of the application threw.</summary>
/// <param name="eventName">The name of the event: <c>ServerFailed</c>, <c>ServersChanged</c> or <c>RefreshFailed</c>.</param>
/// <param name="error">What it threw.</param>
public sealed class HandlerFailedEventArgs(string eventName, Exception error) : EventArgs
{
    /// <summary>The name of the event: <c>ServerFailed</c>, <c>ServersChanged</c> or <c>RefreshFailed</c>.</summary>
    public string EventName { get; } = eventName;

    /// <summary>What the handler threw.</summary>
    public Exception Error { get; } = error;
}

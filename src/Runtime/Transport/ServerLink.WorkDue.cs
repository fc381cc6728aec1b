namespace TypedCache.Transport;

/// <content>What is left to do, for whoever sets the clock.</content>
internal sealed partial class ServerLink
{
    private int _callsOnTheMove;
    private bool _isWelcoming;

    /// <summary>
    /// Whether something is to be done that waits neither for the server nor for the clock: to connect for those who wait for it, to send, to
    /// end the waiting of callers, or to part with a connection that was lost.
    /// </summary>
    public bool HasWorkDue
    {
        get
        {
            var now = _settings.Limits.Clock.Now;
            lock (_gate)
            {
                return !_disposed && (_callsOnTheMove > 0 || (_isWelcoming ? _waiting.HasOverdue(now) : _waiting.Count > 0) || _connection?.HasWorkDue(now) == true || _retired.HasWorkDue(now));
            }
        }
    }

    // From now on, what waits for the connection may wait for the server's replies.
    private void BeginWelcome()
    {
        lock (_gate)
        {
            _isWelcoming = true;
        }
    }

    // What was on its way from one connection to another has been sent, or waits again.
    private void HaveArrived()
    {
        lock (_gate)
        {
            _callsOnTheMove--;
        }
    }
}

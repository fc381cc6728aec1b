namespace TypedCache.Transport;

/// <summary>
/// The end of a server that is no longer one of the pool's: its connections are closed once the calls that had begun are over. The
/// <see cref="Heartbeat"/> looks after it.
/// </summary>
/// <param name="links">The connections.</param>
/// <param name="isHeld">Whether somebody still has to say something to the server, such as to give a lease back.</param>
/// <param name="longestHold">For how long that counts, in milliseconds.</param>
/// <param name="longestCall">For how long a call may then still use the connections, in milliseconds.</param>
/// <param name="ended">Called when they are closed.</param>
internal sealed class LinkDrain(ServerLink[] links, Func<bool> isHeld, long longestHold, long longestCall, Action ended)
{
    /// <summary>For how long nobody may have used the connections, in milliseconds: whoever takes a reply may ask once more.</summary>
    public const int Quiet = 100;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _holdsEnd = Environment.TickCount64 + longestHold;
    private readonly long _end = Environment.TickCount64 + longestHold + longestCall;
    private long _lastUse = Environment.TickCount64;

    /// <summary>The connections.</summary>
    public ServerLink[] Links => links;

    /// <summary>Ends when the connections have been closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Closes the connections, if it is time.</summary>
    /// <param name="now">The time, in <see cref="Environment.TickCount64"/> milliseconds.</param>
    /// <returns>Whether they are closed.</returns>
    public bool TryEnd(long now)
    {
        if (!AreClosed())
        {
            if (IsInUse(now))
            {
                _lastUse = now;
            }

            if (now - _lastUse < Quiet && now < _end)
            {
                return false;
            }

            Array.ForEach(links, static link => link.Remove());
        }

        return true;
    }

    /// <summary>Tells those who wait that the connections are closed.</summary>
    public void Complete()
    {
        ended();
        _ended.TrySetResult();
    }

    private bool AreClosed() => Array.TrueForAll(links, static link => link.IsClosed);

    private bool IsInUse(long now) => Array.Exists(links, static link => link.IsInUse) || (now < _holdsEnd && isHeld());
}

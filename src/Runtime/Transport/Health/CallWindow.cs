namespace TypedCache.Transport.Health;

/// <summary>What was counted within a time that moves on, in slices.</summary>
internal sealed class CallWindow
{
    /// <summary>Into how many slices the time is divided.</summary>
    public const int Slices = 10;

    // What had been counted when each of the last slices began.
    private readonly CallCounts[] _beginnings = new CallCounts[Slices];
    private CallCounts _last;
    private int _newest;
    private long _slice;

    /// <summary>Takes what has been counted until now, and tells what of it belongs to the window.</summary>
    /// <param name="total">All that has been counted.</param>
    /// <param name="slice">The number of the slice it is now. Those that nobody asked in count for the one in which somebody does.</param>
    public CallCounts Move(in CallCounts total, long slice)
    {
        for (var passed = Math.Min(slice - _slice, Slices); passed > 0; passed--)
        {
            _newest = (_newest + 1) % Slices;
            _beginnings[_newest] = _last;
        }

        _slice = slice;
        _last = total;
        return total - _beginnings[(_newest + 1) % Slices];
    }

    /// <summary>Begins anew with what has been counted until now.</summary>
    public void Restart(in CallCounts total)
    {
        Array.Fill(_beginnings, total);
        _last = total;
    }
}

namespace TypedCache.Shared;

/// <summary>Lets a warning through at most once a minute: what goes wrong once goes wrong a thousand times.</summary>
internal sealed class OncePerMinute(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _last;

    /// <summary>Whether the warning is due. It is not for the next minute, then.</summary>
    public bool IsDue()
    {
        lock (_gate)
        {
            if (_last is { } last && time.GetElapsedTime(last) < Pause)
            {
                return false;
            }

            _last = time.GetTimestamp();
            return true;
        }
    }
}

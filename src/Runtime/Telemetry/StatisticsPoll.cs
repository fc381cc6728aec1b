namespace TypedCache.Telemetry;

/// <summary>Asks the servers of a pool for their statistics while somebody collects them, and not more often than is wanted.</summary>
/// <param name="interval">How long the last answers are good for.</param>
/// <param name="time">The clock.</param>
/// <param name="ask">Asks all servers.</param>
internal sealed class StatisticsPoll(TimeSpan interval, TimeProvider time, Func<ValueTask> ask)
{
    private readonly Lock _gate = new();
    private long? _asked;
    private bool _isAsking;

    /// <summary>Whether it is time to ask. Then <see cref="Ask"/> has to follow.</summary>
    public bool IsDue()
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_isAsking || (_asked is { } last && time.GetElapsedTime(last, now) < interval))
            {
                return false;
            }

            _asked = now;
            _isAsking = true;
            return true;
        }
    }

    /// <summary>Asks in the background.</summary>
    public void Ask() => _ = AskAsync();

    private async Task AskAsync()
    {
        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The pool has ended.
        }
        finally
        {
            lock (_gate)
            {
                _isAsking = false;
            }
        }
    }
}

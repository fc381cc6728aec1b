namespace TypedCache.Telemetry;

/// <summary>Keeps what happens to many values of one template from filling a log.</summary>
internal sealed class OncePerMinute(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly object WithoutTemplate = new();

    private readonly Dictionary<object, long> _last = [];

    /// <summary>Whether a minute has passed since it was. It does not throw.</summary>
    public bool IsDue(KeyTemplate? template)
    {
        try
        {
            var now = time.GetTimestamp();
            var subject = template ?? WithoutTemplate;
            lock (_last)
            {
                if (_last.TryGetValue(subject, out var last) && time.GetElapsedTime(last, now) < Minute)
                {
                    return false;
                }

                _last[subject] = now;
                return true;
            }
        }
        catch (Exception)
        {
            // An application's clock fails.
            return false;
        }
    }
}

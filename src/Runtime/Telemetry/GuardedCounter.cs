using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace TypedCache.Telemetry;

/// <summary>A counter whose listeners cannot do harm: they run where the counting is done, on the threads that read replies too.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct GuardedCounter(Counter<long> counter)
{
    /// <summary>Whether anybody listens.</summary>
    public bool IsEnabled => counter.Enabled;

    /// <summary>Counts. It does not throw.</summary>
    public void Add(long count, in TagList tags)
    {
        if (!counter.Enabled || count == 0)
        {
            return;
        }

        try
        {
            counter.Add(count, tags);
        }
        catch (Exception)
        {
            // A listener's own fault. Leases, callers who wait and event handlers depend on what follows.
        }
    }
}

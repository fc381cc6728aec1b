using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace TypedCache.Pool;

/// <summary>A counter whose listeners cannot do harm: they run where the counting is done, on the threads that read replies too.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct PoolCounter(Counter<long> counter)
{
    /// <summary>Counts. It does not throw.</summary>
    public void Add(long count)
    {
        if (!counter.Enabled)
        {
            return;
        }

        try
        {
            counter.Add(count);
        }
        catch (Exception)
        {
            // A listener's own fault. Leases, callers who wait and event handlers depend on what follows.
        }
    }
}

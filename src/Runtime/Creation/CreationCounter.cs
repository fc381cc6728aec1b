using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace TypedCache.Creation;

/// <summary>A counter whose listeners cannot do harm: they run where the counting is done, on the threads that read replies too.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CreationCounter(Counter<long> counter)
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
            // A listener's own fault. Leases and callers who wait depend on what follows.
        }
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace TypedCache.Telemetry;

/// <summary>A histogram whose listeners cannot do harm (see <see cref="GuardedCounter"/>).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct GuardedHistogram(Histogram<double> histogram)
{
    /// <summary>Whether anybody listens.</summary>
    public bool IsEnabled => histogram.Enabled;

    /// <summary>Records. It does not throw.</summary>
    public void Record(double value, in TagList tags)
    {
        if (!histogram.Enabled)
        {
            return;
        }

        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // A listener's own fault.
        }
    }
}

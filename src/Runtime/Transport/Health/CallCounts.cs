using System.Runtime.InteropServices;

namespace TypedCache.Transport.Health;

/// <summary>How many calls there were, and what has become of them.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CallCounts
{
    /// <summary>All that ended: answered in time, or failed.</summary>
    public long Calls;

    /// <summary>Those of them that needed memory: stores, and others that were refused for want of it.</summary>
    public long Stores;

    /// <summary>Those that were not answered in time.</summary>
    public long TimedOut;

    /// <summary>Those that the server refused for a reason of its own.</summary>
    public long Refused;

    /// <summary>Those of the refused ones for which it had no memory.</summary>
    public long WithoutMemory;

    /// <summary>Those that were lost with their connection.</summary>
    public long Lost;

    public readonly long Failed => TimedOut + Refused + Lost;

    public static CallCounts operator +(in CallCounts one, in CallCounts other) => new()
    {
        Calls = one.Calls + other.Calls,
        Stores = one.Stores + other.Stores,
        TimedOut = one.TimedOut + other.TimedOut,
        Refused = one.Refused + other.Refused,
        WithoutMemory = one.WithoutMemory + other.WithoutMemory,
        Lost = one.Lost + other.Lost,
    };

    public static CallCounts operator -(in CallCounts one, in CallCounts other) => new()
    {
        Calls = one.Calls - other.Calls,
        Stores = one.Stores - other.Stores,
        TimedOut = one.TimedOut - other.TimedOut,
        Refused = one.Refused - other.Refused,
        WithoutMemory = one.WithoutMemory - other.WithoutMemory,
        Lost = one.Lost - other.Lost,
    };
}

namespace TypedCache.Integration.Tests.Faults;

/// <summary>What a <see cref="FaultProxy"/> does to bytes on their way from the server.</summary>
internal enum FaultKind
{
    /// <summary>They arrive as they were sent.</summary>
    None = 0,

    /// <summary>They arrive some milliseconds late.</summary>
    Delay,

    /// <summary>They arrive one at a time.</summary>
    Drip,

    /// <summary>Some of them arrive, then the connection ends.</summary>
    Cut,

    /// <summary>Some of them arrive, then the connection is reset (RST).</summary>
    Reset,

    /// <summary>Nothing arrives any more, and the connection stays open.</summary>
    Hang,

    /// <summary>Bytes which mean nothing arrive before them.</summary>
    Garbage,

    /// <summary>The first two replies change places.</summary>
    Reorder,

    /// <summary>The direction to the client ends; the other one stays open.</summary>
    HalfClose,
}

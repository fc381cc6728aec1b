using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching;

/// <summary>What one call asks for, once its options are joined with the default ones.</summary>
/// <param name="Flags">What the call leaves out.</param>
/// <param name="Expires">When a value that it stores expires.</param>
/// <param name="LocalExpiration">For how long values are kept in this process; 0: not at all.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HybridCall(HybridCacheEntryFlags Flags, CacheExpiry Expires, TimeSpan LocalExpiration)
{
    /// <summary>The flags by which calls differ that cannot share a create function.</summary>
    public HybridCacheEntryFlags SharingFlags =>
        Flags & (HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableUnderlyingData);

    public bool Reads => (Flags & HybridCacheEntryFlags.DisableDistributedCacheRead) == 0;

    public bool Writes => (Flags & HybridCacheEntryFlags.DisableDistributedCacheWrite) == 0;

    public bool Creates => (Flags & HybridCacheEntryFlags.DisableUnderlyingData) == 0;

    public bool Compresses => (Flags & HybridCacheEntryFlags.DisableCompression) == 0;
}

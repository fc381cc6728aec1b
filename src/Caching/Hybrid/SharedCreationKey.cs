using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching;

/// <summary>What callers have in common who share a creation: the same key, type and flags.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SharedCreationKey(string Key, Type Type, HybridCacheEntryFlags Flags);

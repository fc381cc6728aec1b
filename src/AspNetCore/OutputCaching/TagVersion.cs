using System.Runtime.InteropServices;

namespace TypedCache.AspNetCore;

/// <summary>A tag of a response, and the tag's version when the response was stored.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Version">Its version.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TagVersion(string Tag, ulong Version);

using System.Runtime.InteropServices;

namespace TypedCache.Tags;

/// <summary>What was read before a value was made.</summary>
/// <param name="Begun">When, as a timestamp.</param>
/// <param name="Versions">The versions of the tags that the call names; null: a server of theirs cannot be reached.</param>
/// <param name="Stored">The versions of <see cref="TaggedCodec{T}.StoredTags"/>.</param>
/// <param name="Groups">The versions of the groups of tags that come from the value itself.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TagStamp(long Begun, ulong[]? Versions, ulong[] Stored, ulong[] Groups);

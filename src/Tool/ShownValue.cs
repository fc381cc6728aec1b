using TypedCache.Values;

namespace TypedCache.Tool;

/// <summary>A stored value as it is shown.</summary>
/// <param name="Flags">The flags under which it is stored.</param>
/// <param name="Kind">What they say.</param>
/// <param name="Size">How many bytes it has, uncompressed.</param>
/// <param name="Text">The value, decoded as far as that is possible without its type.</param>
internal sealed record ShownValue(uint Flags, ValueKind Kind, int Size, string Text);

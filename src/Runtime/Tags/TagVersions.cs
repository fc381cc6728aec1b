using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedCache.Tags;

/// <summary>The versions of the tags that a call names, in their order; without an allocation.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TagVersions
{
    /// <summary>The most there can be.</summary>
    public const int MaxCount = 8;

    private Slots _slots;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The versions.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<ulong> Span => ((ReadOnlySpan<ulong>)_slots)[..Count];

    /// <summary>Adds one.</summary>
    public void Add(ulong version) => _slots[Count++] = version;

    [InlineArray(MaxCount)]
    private struct Slots
    {
        private ulong _first;
    }
}

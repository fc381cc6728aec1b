using System.Runtime.InteropServices;

namespace TypedCache.Near;

/// <summary>A number that many threads write, alone in its cache line, so that nothing beside it gets slower.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct NearCount
{
    [FieldOffset(64)]
    public int Value;
}

using System.Runtime.InteropServices;

namespace TypedCache.Values.Php;

/// <summary>Where a value stands in the structure of what PHP serialized. Elements under numbers share a place.</summary>
/// <param name="path">A hash of the names on the way to it.</param>
/// <param name="name">A hash of the last of them.</param>
/// <param name="depth">How many there are, numbers included.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly struct PhpPlace(ulong path, ulong name, int depth)
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <summary>A hash of the names on the way to it.</summary>
    public ulong Path => path;

    /// <summary>A hash of the last of them.</summary>
    public ulong Name => name;

    /// <summary>The place of the outermost value.</summary>
    public static PhpPlace Root => new(Offset, Offset, 0);

    /// <summary>What this place has in common with those of the same name at the same depth.</summary>
    public ulong NameAtDepth => Mix(Name, (ulong)depth);

    /// <summary>What it has in common with all places at the same depth.</summary>
    public ulong AtDepth => Mix(Prime, (ulong)depth);

    /// <summary>The place of a value below this one.</summary>
    /// <param name="key">The name under which it stands; empty for a number.</param>
    public PhpPlace Below(scoped ReadOnlySpan<byte> key)
    {
        var (below, last) = (Path, Offset);
        foreach (var value in key)
        {
            below = (below ^ value) * Prime;
            last = (last ^ value) * Prime;
        }

        return new PhpPlace((below ^ (byte)'/') * Prime, key.IsEmpty ? Name : last, depth + 1);
    }

    private static ulong Mix(ulong hash, ulong number) => (hash ^ ((number + 1) << 32)) * Prime;
}

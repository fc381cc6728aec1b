using System.Runtime.InteropServices;

namespace TypedCache.Values.Php;

/// <summary>Where a value stands in the structure of what PHP serialized. Elements under numbers share a place.</summary>
/// <param name="Path">A hash of the names on the way to it.</param>
/// <param name="Name">A hash of the last of them.</param>
/// <param name="Depth">How many there are, numbers included.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PhpPlace(ulong Path, ulong Name, int Depth)
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <summary>The place of the outermost value.</summary>
    public static PhpPlace Root => new(Offset, Offset, 0);

    /// <summary>What this place has in common with those of the same name at the same depth.</summary>
    public ulong NameAtDepth => Mix(Name, (ulong)Depth);

    /// <summary>What it has in common with all places at the same depth.</summary>
    public ulong AtDepth => Mix(Prime, (ulong)Depth);

    /// <summary>The place of a value below this one.</summary>
    /// <param name="key">The name under which it stands; empty for a number.</param>
    public PhpPlace Below(scoped ReadOnlySpan<byte> key)
    {
        var (path, name) = (Path, Offset);
        foreach (var value in key)
        {
            path = (path ^ value) * Prime;
            name = (name ^ value) * Prime;
        }

        return new PhpPlace((path ^ (byte)'/') * Prime, key.IsEmpty ? Name : name, Depth + 1);
    }

    private static ulong Mix(ulong hash, ulong number) => (hash ^ ((number + 1) << 32)) * Prime;
}

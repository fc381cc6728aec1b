using System.Runtime.InteropServices;
using TypedCache.Pool;

namespace TypedCache.Creation;

/// <summary>
/// What callers have in common who can share one creation: the same key and type, and the same state of the item. Callers who saw
/// another state, because somebody deleted or stored the item in between, have nothing to do with a value that was begun before.
/// </summary>
/// <param name="Key">The key as it goes over the wire.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Lease">The state of the item.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PendingKey(byte[] Key, Type Type, Lease Lease)
{
    public bool Equals(PendingKey other) =>
        Lease == other.Lease && Type == other.Type && Key.AsSpan().SequenceEqual(other.Key);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Key);
        hash.Add(Lease.Cas);
        return hash.ToHashCode();
    }
}

using System.Runtime.InteropServices;

namespace TypedCache.Creation;

/// <summary>
/// One state of one item: which server holds it, and its CAS number there. A fill which is fenced by it is stored only if nothing has
/// happened to the item since. CAS numbers of two servers say nothing of each other, so the server belongs to it.
/// </summary>
/// <param name="Server">The position of the server in the pool.</param>
/// <param name="Cas">The CAS number of the item.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lease(int Server, ulong Cas)
{
    /// <summary>No server could be asked.</summary>
    public static readonly Lease Unreachable = new(-1, 0);

    /// <summary>The server, or the proxy before it, knows no leases.</summary>
    public static readonly Lease Unknown = new(-2, 0);

    /// <summary>Whether a server gave it.</summary>
    public bool IsReal => Server >= 0;
}

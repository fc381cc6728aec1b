using System.Runtime.InteropServices;

namespace TypedCache.Pool;

/// <summary>
/// One state of one item: which server holds it, and its CAS number there. A fill which is fenced by it is stored only if nothing has
/// happened to the item since. CAS numbers of two servers say nothing of each other, so the server belongs to it.
/// </summary>
/// <param name="Server">The server; null where none gave a lease.</param>
/// <param name="Cas">The CAS number of the item.</param>
/// <param name="Generation">
/// Over which of its connection's generations the server gave the number. It has no part in telling states apart: connections to one
/// server count apart from each other.
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lease(MemcachedServer? Server, ulong Cas, int Generation)
{
    /// <summary>No server could be asked.</summary>
    public static readonly Lease Unreachable;

    /// <summary>The server, or the proxy before it, knows no leases.</summary>
    public static readonly Lease Unknown = new() { IsUnknown = true };

    /// <summary>Whether a server gave it.</summary>
    public bool IsReal => Server is not null;

    private bool IsUnknown { get; init; }

    public bool Equals(Lease other) => ReferenceEquals(Server, other.Server) && Cas == other.Cas && IsUnknown == other.IsUnknown;

    public override int GetHashCode() => HashCode.Combine(Server, Cas, IsUnknown);
}

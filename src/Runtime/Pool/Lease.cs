using System.Runtime.InteropServices;

namespace TypedCache.Pool;

/// <summary>
/// One state of one item: which server holds it, and its CAS number there. A fill fenced by it is stored only if nothing has
/// happened to the item since. CAS numbers of two servers cannot be compared, so the server is a part of it.
/// </summary>
/// <param name="Server">The server; null if none gave a lease.</param>
/// <param name="Cas">The CAS number of the item.</param>
/// <param name="Generation">
/// The generation of the connection over which the server gave the number. It plays no part in comparing states: each connection to
/// a server counts its own generations.
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lease(MemcachedServer? Server, ulong Cas, int Generation)
{
    /// <summary>No server could be asked.</summary>
    public static readonly Lease Unreachable;

    /// <summary>The server, or the proxy in front of it, knows no leases.</summary>
    public static readonly Lease Unknown = new() { IsUnknown = true };

    /// <summary>Whether a server gave it.</summary>
    public bool IsReal => Server is not null;

    private bool IsUnknown { get; init; }

    public bool Equals(Lease other) => ReferenceEquals(Server, other.Server) && Cas == other.Cas && IsUnknown == other.IsUnknown;

    public override int GetHashCode() => HashCode.Combine(Server, Cas, IsUnknown);
}

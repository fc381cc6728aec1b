using System.Runtime.InteropServices;

namespace TypedCache.Pool;

/// <summary>
/// One state of one item: which server holds it, and its CAS number there. A fill fenced by it is stored only if nothing has
/// happened to the item since. CAS numbers of two servers cannot be compared, nor those of a server before and after a restart: so the
/// server and the connections that it had are a part of it.
/// </summary>
/// <param name="Server">The server; null if none gave a lease.</param>
/// <param name="Cas">The CAS number of the item.</param>
/// <param name="Generation">
/// The newest connection to the server when it was asked (<see cref="Transport.ConnectionNumbers"/>). Two states with the same are of
/// one life of the server; with others they may be of two.
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
}

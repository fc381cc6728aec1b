using System.Runtime.InteropServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;

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

    /// <summary>Begins a write that the server takes only if nothing has happened to the item since.</summary>
    /// <param name="verb">What it does.</param>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="template">What the key is called in telemetry.</param>
    public StatusOperation Begin(Verb verb, byte[] key, KeyTemplate? template = null)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(verb, key, template);
        operation.Request.Cas = Cas;
        return operation;
    }

    /// <summary>Begins to store a value under the lease.</summary>
    /// <inheritdoc cref="Begin" path="/param"/>
    /// <remarks>
    /// Over a connection that the lease does not know, a server might take it that has given the number anew. Leases are given back all the
    /// same: there, too, that removes or refreshes no more than a copy.
    /// </remarks>
    public StatusOperation BeginFill(byte[] key, KeyTemplate? template = null)
    {
        var fill = Begin(Verb.CompareAndSet, key, template);
        fill.Request.NewestConnection = Generation;
        return fill;
    }
}

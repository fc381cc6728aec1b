using System.Globalization;

namespace TypedCache;

/// <summary>
/// The state in which a value was read: its CAS number (memcached's protocol.txt, "cas"), and which life of which server the number is of.
/// It changes with every store of the value. Pass it to a compare-and-set operation.
/// </summary>
/// <remarks>
/// A server that is restarted gives its numbers anew, so that a number alone can come to stand for another value. A token of
/// <see cref="CacheValue{T}.Cas"/> stores nothing over a connection that was made after the read, or on another server: the
/// answer is <see cref="CasResult.Changed"/>. A token made from a number cannot tell. Behind a proxy, restarts cannot be seen.
/// </remarks>
public readonly record struct CasToken
{
    private readonly ulong _number;

    /// <summary>Makes a token of a number, such as one that came from another process. It knows no server.</summary>
    /// <param name="number">The number; 0 is that of no value.</param>
    public CasToken(ulong number)
        : this(number, server: null, int.MaxValue)
    {
    }

    internal CasToken(ulong number, object? server, int newestConnection)
    {
        _number = number;
        Server = server;
        NewestConnection = newestConnection;
    }

    /// <summary>Who gave the number; null: it is not known.</summary>
    internal object? Server { get; }

    /// <summary>The newest connection to the server of those that the number is known to hold for.</summary>
    internal int NewestConnection { get; }

    /// <summary>The number alone, for those who pass it on.</summary>
    public static implicit operator ulong(CasToken token) => token.ToUInt64();

    /// <summary>The number alone, for those who pass it on.</summary>
    public ulong ToUInt64() => _number;

    /// <summary>The number.</summary>
    public override string ToString() => _number.ToString(CultureInfo.InvariantCulture);
}

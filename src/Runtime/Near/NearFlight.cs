using TypedCache.Pool;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Near;

/// <summary>A read that all callers of this process wait for together who ask for the same while it is under way.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class NearFlight<T>
{
    /// <summary>The key as it goes over the wire.</summary>
    public required byte[] Key { get; init; }

    /// <summary>Its hash.</summary>
    public required int Hash { get; init; }

    /// <summary>The epoch of the key before the read was sent.</summary>
    public required long Epoch { get; init; }

    /// <summary>The servers that the pool had when the read was sent.</summary>
    public required OperationRouter Router { get; init; }

    public required ICacheCodec<T> Codec { get; init; }

    public required NearOptions Near { get; init; }

    /// <summary>What the key is called in telemetry.</summary>
    public KeyTemplate? Template { get; init; }

    /// <summary>Ends with what has been read.</summary>
    public SharedCall<NearResult<T>> Call { get; } = new();

    /// <summary>
    /// Whether somebody who asks now may have what this one brings. Whoever has changed the value since it was sent, and knows so, may not.
    /// </summary>
    public bool Fits(ICacheCodec<T> codec, NearOptions near, OperationRouter router, long epoch) =>
        Codec == codec && Near.SharesValues == near.SharesValues && Router == router && Epoch == epoch;
}

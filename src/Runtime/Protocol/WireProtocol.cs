namespace TypedCache.Protocol;

/// <summary>How operations on one key are written for a server, and how its replies to them are read.</summary>
internal abstract class WireProtocol
{
    /// <summary>Whether the request carries a payload behind its line.</summary>
    public static bool HasPayload(Verb verb) => verb is >= Verb.Set and <= Verb.CompareAndSet;

    /// <summary>Whether the values of a multi-get may come in another order than their keys.</summary>
    public virtual bool MixesValues => false;

    /// <summary>Why the operation must not be sent to this server; null when it may.</summary>
    public abstract MemcachedServerException? Refuse(Operation operation);

    /// <summary>Writes the line of a request. A payload, where there is one, follows it, and then CR LF.</summary>
    public abstract void WriteLine(Operation operation, ref RequestWriter writer);

    /// <summary>Reads one line of a reply.</summary>
    /// <exception cref="FormatException">It is no reply to the operation.</exception>
    public abstract ReplyStep ReadLine(ReplyReader reader, Operation operation, ReadOnlySpan<byte> line, out Memory<byte> payload);

    /// <summary>What comes after the payload of a value.</summary>
    /// <exception cref="FormatException">The payload is no reply to the operation.</exception>
    public abstract ReplyStep AfterPayload(Operation operation);
}

namespace TypedCache.Protocol;

/// <summary>How requests for one key are written for a server, and how its replies to them are read.</summary>
internal abstract class WireProtocol
{
    /// <summary>Whether the request carries a payload behind its line.</summary>
    public static bool HasPayload(Verb verb) => verb is >= Verb.Set and <= Verb.CompareAndSet;

    /// <summary>Whether the request concerns the server as a whole: it is the same in all protocols.</summary>
    public static bool IsServerCommand(Verb verb) => verb is >= Verb.Version and <= Verb.Flush;

    /// <summary>Whether the request concerns one key.</summary>
    public static bool HasKey(Verb verb) => !IsServerCommand(verb) && verb is not (Verb.Handshake or Verb.Replay or Verb.GetBatch or Verb.GetNearBatch or Verb.GetOrLeaseBatch);

    /// <summary>Whether the request may change an item, or when it expires.</summary>
    public static bool Changes(Verb verb) => verb is (>= Verb.Set and <= Verb.Decrement) or Verb.GetAndTouch;

    /// <summary>Whether the values of a multi-get may come in another order than their keys.</summary>
    public virtual bool MixesValues => false;

    /// <summary>Whether <see cref="Verb.GetNear"/> brings a value only if it has another CAS number than the request names.</summary>
    public virtual bool ComparesCas => false;

    /// <summary>Why the request must not be sent to this server; null if it may.</summary>
    public abstract MemcachedServerException? Refuse(Request request);

    /// <summary>Writes the line of a request. A payload, where there is one, follows it, and then CR LF.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="reply">How far the reply has come, if it takes several requests.</param>
    /// <param name="writer">Where the line goes.</param>
    public abstract void WriteLine(Request request, Reply reply, ref RequestWriter writer);

    /// <summary>Reads one line of a reply.</summary>
    /// <exception cref="FormatException">It is not a reply to the request.</exception>
    public abstract ReplyStep ReadLine(ReplyReader reader, Request request, Reply reply, ReadOnlySpan<byte> line, out Memory<byte> payload);

    /// <summary>What comes after the payload of a value.</summary>
    /// <exception cref="FormatException">The payload is not a reply to the request.</exception>
    public abstract ReplyStep AfterPayload(Request request, Reply reply);
}

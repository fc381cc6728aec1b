using TypedCache.Values;

namespace TypedCache.Protocol;

/// <summary>What a server answered. The protocols write it; whoever takes the result reads it.</summary>
internal class Reply
{
    /// <summary>The <see cref="TimeLeft"/> of an item that does not expire.</summary>
    public const long Forever = -1;

    public ReplyCode Code { get; set; }

    /// <summary>The value's flags.</summary>
    public uint Flags { get; set; }

    /// <summary>The item's CAS number; 0 where the reply brought none.</summary>
    public ulong Cas { get; set; }

    /// <summary>What the server says of leases on the item.</summary>
    public LeaseMarks Marks { get; set; }

    /// <summary>How long the item is, if the reply says so without the value.</summary>
    public uint Size { get; set; }

    /// <summary>For how many seconds the item would have lived on, if the reply says so; -1: for ever.</summary>
    public long TimeLeft { get; set; } = Forever;

    /// <summary>Whether the reply says <see cref="TimeLeft"/>.</summary>
    public bool SaysTimeLeft { get; set; }

    /// <summary>The expiry, as it goes on the wire, that a placeholder gets back; null: none is to be put right.</summary>
    public long? RestoredExpiry { get; set; }

    /// <summary>How many keys of a batch have been answered.</summary>
    public int Answered { get; protected set; }

    /// <summary>The value that came.</summary>
    public PayloadBuffer Payload { get; } = new();

    /// <summary>The server's refusal, if it answered with an error; it is thrown to the caller.</summary>
    public MemcachedServerException? Refusal { get; set; }

    /// <summary>
    /// Whether the item is a placeholder, left by a read that won the lease of a missing value: for everybody else it is a miss. Real
    /// values without bytes and flags are taken for one only while they are refreshed.
    /// </summary>
    public bool IsPlaceholder => Code != ReplyCode.Unchanged && IsPlaceholderOf(Marks, Flags, ItemLength);

    /// <summary>
    /// Whether the reply brings a lease that has to be given back if the caller cannot use it: the request has won it, or, where it
    /// inspects the item for another one that has, the lease is still out.
    /// </summary>
    public bool HasUnusedLease(Verb verb) =>
        (Marks & LeaseMarks.Won) != 0
        || (verb == Verb.Inspect && (Marks & (LeaseMarks.Taken | LeaseMarks.Invalidated)) == (LeaseMarks.Taken | LeaseMarks.Invalidated));

    /// <summary>The length of the item's value in bytes.</summary>
    protected virtual long ItemLength => Size;

    /// <inheritdoc cref="IsPlaceholder"/>
    /// <param name="marks">What the server says of leases on the item.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="length">The length of its value in bytes.</param>
    public static bool IsPlaceholderOf(LeaseMarks marks, uint flags, long length) =>
        (marks & (LeaseMarks.Won | LeaseMarks.Taken)) != 0 && flags == 0 && length == 0;

    /// <summary>Takes the header of a value: its key if the reply names it (else empty), flags and length in bytes.</summary>
    /// <returns>Where the payload goes; exactly <paramref name="length"/> bytes.</returns>
    /// <exception cref="FormatException">The value was not asked for.</exception>
    public virtual Memory<byte> ReceiveValue(Request request, ReadOnlySpan<byte> key, uint flags, int length)
    {
        if (!key.IsEmpty && !key.SequenceEqual(request.Key))
        {
            throw new FormatException("it names another key");
        }

        Flags = flags;
        return MakeRoom(length);
    }

    /// <summary>Takes a line of a reply that consists of lines.</summary>
    /// <exception cref="FormatException">The reply has no such line.</exception>
    public virtual void ReceiveLine(ReadOnlySpan<byte> line) =>
        throw new FormatException("the operation does not expect such a line");

    /// <summary>Nobody waits for the reply any more: what comes is checked and not kept.</summary>
    public virtual void Drop()
    {
    }

    /// <summary>Forgets everything, for the next use.</summary>
    public virtual void Clear()
    {
        Code = ReplyCode.None;
        Flags = 0;
        Cas = 0;
        Marks = LeaseMarks.None;
        Size = 0;
        TimeLeft = Forever;
        SaysTimeLeft = false;
        RestoredExpiry = null;
        Answered = 0;
        Payload.Clear();
        Refusal = null;
    }

    /// <summary>Makes room for a value whose flags are known.</summary>
    protected virtual Memory<byte> MakeRoom(int length)
    {
        Payload.Clear();
        var target = Payload.GetMemory(length)[..length];
        Payload.Advance(length);
        return target;
    }
}

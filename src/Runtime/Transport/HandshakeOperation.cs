using System.Threading.Tasks.Sources;
using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>
/// A question that a connection is opened with. Whatever line comes back is its answer: what it means decides how, and
/// whether, the connection is used.
/// </summary>
internal sealed class HandshakeOperation : Operation, IValueTaskSource<string>
{
    private readonly HandshakeReply _reply;

    /// <summary>Makes the operation.</summary>
    /// <param name="question">The question as it goes on the wire.</param>
    public HandshakeOperation(ReadOnlySpan<byte> question)
        : this(new HandshakeReply())
    {
        Begin(Verb.Handshake, default);
        question.CopyTo(Request.Payload.Resize(question.Length));
    }

    private HandshakeOperation(HandshakeReply reply)
        : base(new Request(), reply) => _reply = reply;

    /// <summary>Null: it concerns its own connection and no other.</summary>
    public override IOperationRoute? Route => null;

    /// <summary>Waits, on the connecting thread, for the line that comes back, and gives it without its end.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public string WaitForLine(ConnectDeadline deadline)
    {
        var answer = new ValueTask<string>(this, Version);
        deadline.Wait(new BlockingWaiter(this, Version).Wait);
        return answer.GetAwaiter().GetResult();
    }

    string IValueTaskSource<string>.GetResult(short token)
    {
        HasReply(token);
        return _reply.Line;
    }

    // Asked once per connection: not worth a pool, and its answer stays readable.
    protected override void Recycle()
    {
    }
}

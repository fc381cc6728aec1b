using System.Text;
using System.Threading.Tasks.Sources;
using TypedCache.Transport;

namespace TypedCache.Protocol;

/// <summary>
/// A question that a connection is opened with. Whatever line comes back is its answer: what it means decides how, and whether, the
/// connection is used.
/// </summary>
/// <param name="request">The question as it goes on the wire.</param>
internal sealed class HandshakeOperation(ReadOnlyMemory<byte> request) : Operation, IValueTaskSource<string>
{
    private string _answer = "";

    /// <summary>The question as it goes on the wire.</summary>
    public ReadOnlySpan<byte> Request => request.Span;

    public override void ReceiveLine(ReadOnlySpan<byte> line) => _answer = Encoding.Latin1.GetString(line);

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
        return _answer;
    }

    // Asked once per connection: not worth a pool, and its answer stays readable.
    protected override void Recycle()
    {
    }
}

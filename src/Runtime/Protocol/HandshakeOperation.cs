using System.Text;
using System.Threading.Tasks.Sources;

namespace TypedCache.Protocol;

/// <summary>
/// A question which a connection is opened with. Whatever line comes back is its answer: what it means decides how, and
/// whether, the connection is used.
/// </summary>
/// <param name="request">The question as it goes on the wire.</param>
internal sealed class HandshakeOperation(ReadOnlyMemory<byte> request) : Operation, IValueTaskSource<string>
{
    private string _answer = "";

    /// <summary>The question as it goes on the wire.</summary>
    public ReadOnlySpan<byte> Request => request.Span;

    /// <summary>The line which came back, without its end.</summary>
    public ValueTask<string> AsLine() => new(this, Version);

    public override void ReceiveLine(ReadOnlySpan<byte> line) => _answer = Encoding.Latin1.GetString(line);

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

using System.Text;
using TypedCache.Protocol;

namespace TypedCache.Tests.Transport;

/// <summary>Runs out of memory when the line of a request for one key has been written, and its payload has not.</summary>
/// <param name="key">The key.</param>
internal sealed class BreakingProtocol(string key) : WireProtocol
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    public override MemcachedServerException? Refuse(Request request) => MetaProtocol.Unverified.Refuse(request);

    public override void WriteLine(Request request, Reply reply, ref RequestWriter writer)
    {
        MetaProtocol.Unverified.WriteLine(request, reply, ref writer);
        if (request.Key.SequenceEqual(_key))
        {
            throw new InsufficientMemoryException();
        }
    }

    public override ReplyStep ReadLine(ReplyReader reader, Request request, Reply reply, ReadOnlySpan<byte> line, out Memory<byte> payload) =>
        MetaProtocol.Unverified.ReadLine(reader, request, reply, line, out payload);

    public override ReplyStep AfterPayload(Request request, Reply reply) => MetaProtocol.Unverified.AfterPayload(request, reply);
}

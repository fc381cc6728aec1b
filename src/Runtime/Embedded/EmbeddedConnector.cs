using TypedCache.Transport;

namespace TypedCache.Embedded;

/// <summary>Opens channels to a server in this process.</summary>
internal sealed class EmbeddedConnector(EmbeddedServer server) : ChannelConnector
{
    public override ValueTask<ByteChannel> OpenAsync(CancellationToken cancellationToken) => new(server.Connect());
}

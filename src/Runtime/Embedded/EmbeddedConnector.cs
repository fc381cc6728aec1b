using TypedCache.Transport;

namespace TypedCache.Embedded;

/// <summary>Opens channels to a server in this process.</summary>
internal sealed class EmbeddedConnector(EmbeddedServer server) : ChannelConnector
{
    public override ByteChannel Open(ConnectDeadline deadline) => server.Connect();
}

using TypedCache.Transport;

namespace TypedCache.Embedded;

/// <summary>Opens channels to a server in this process, and ends it.</summary>
internal sealed class EmbeddedConnector(EmbeddedServer server) : ChannelConnector, IDisposable
{
    public override ByteChannel Open(ConnectDeadline deadline) => server.Connect();

    public void Dispose() => server.Dispose();
}

using TypedCache.Transport;

namespace TypedCache.Embedded;

/// <summary>Opens channels to a server in this process that others own, and that may be another one each time.</summary>
/// <param name="find">Gives the server as it is now.</param>
internal sealed class SharedServerConnector(Func<EmbeddedServer> find) : ChannelConnector
{
    public override ByteChannel Open(ConnectDeadline deadline) => find().Connect();
}

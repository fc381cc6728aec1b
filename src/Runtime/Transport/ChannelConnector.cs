using System.Net;

namespace TypedCache.Transport;

/// <summary>Opens channels to one server. It runs on a thread of its own and may block it.</summary>
internal abstract class ChannelConnector
{
    /// <summary>What to do about a server that accepts the connection and then does not answer.</summary>
    public virtual string SilenceHint => "";

    /// <summary>How the channels are encrypted, for people.</summary>
    public virtual string Security => "no TLS";

    /// <summary>Tries an address before the server's own; null: none. It may change at any time, for the channels opened from then on.</summary>
    public virtual void Prefer(IPAddress? address)
    {
    }

    /// <summary>Opens a channel, or throws what prevents it.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public abstract ByteChannel Open(ConnectDeadline deadline);
}

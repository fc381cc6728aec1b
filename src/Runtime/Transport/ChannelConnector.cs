namespace TypedCache.Transport;

/// <summary>Opens channels to one server.</summary>
internal abstract class ChannelConnector
{
    /// <summary>What to do about a server which accepts the connection and then does not answer.</summary>
    public virtual string SilenceHint => "";

    /// <summary>Opens a channel, or throws what prevents it.</summary>
    public abstract ValueTask<ByteChannel> OpenAsync(CancellationToken cancellationToken);
}

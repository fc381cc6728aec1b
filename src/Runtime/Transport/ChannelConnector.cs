namespace TypedCache.Transport;

/// <summary>Opens channels to one server.</summary>
internal abstract class ChannelConnector
{
    /// <summary>Opens a channel, or throws what prevents it.</summary>
    public abstract ValueTask<ByteChannel> OpenAsync(CancellationToken cancellationToken);
}

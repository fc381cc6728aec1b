namespace TypedCache.Transport;

/// <summary>
/// Two byte streams, one each way: a socket, a TLS stream, or an embedded server in this process.
/// One thread sends at a time and one receives at a time; both may happen at once.
/// </summary>
internal abstract class ByteChannel : IDisposable
{
    /// <summary>Sends all bytes. Completes synchronously when the channel has room.</summary>
    /// <exception cref="IOException">The channel is closed or broken.</exception>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Sends whole requests, the last of which begins at <paramref name="lastRequest"/>.</summary>
    /// <exception cref="IOException">The channel is closed or broken.</exception>
    public virtual ValueTask SendAsync(ReadOnlyMemory<byte> requests, int lastRequest) => SendAsync(requests);

    /// <summary>
    /// Waits for bytes and gives how many came; 0 when the other side has closed. Blocks the calling thread:
    /// each connection has a reader thread of its own.
    /// </summary>
    /// <exception cref="IOException">The channel is closed or broken.</exception>
    public abstract int Receive(Span<byte> buffer);

    /// <summary>Closes both directions from any thread, and wakes a blocked <see cref="Receive"/> and a waiting send.</summary>
    public abstract void Close();

    /// <summary>The same as <see cref="Close"/>.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }
}

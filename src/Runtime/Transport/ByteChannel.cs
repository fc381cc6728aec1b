using System.Net.Sockets;

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

    /// <summary>What to wait on for bytes together with other channels; null where only <see cref="Receive"/> can wait.</summary>
    public virtual Socket? Socket => null;

    /// <summary>
    /// Waits for bytes and gives how many came; 0 when the other side has closed. Blocks the calling thread,
    /// which then reads for no other connection.
    /// </summary>
    /// <exception cref="IOException">The channel is closed or broken.</exception>
    public abstract int Receive(Span<byte> buffer);

    /// <summary>Takes bytes which have come already: how many, 0 when the other side has closed, -1 when there are none yet.</summary>
    /// <exception cref="IOException">The channel is closed or broken.</exception>
    /// <remarks>Only for channels with a <see cref="Socket"/>.</remarks>
    public virtual int TryReceive(Span<byte> buffer) => throw new NotSupportedException();

    /// <summary>Closes both directions from any thread, and wakes a blocked <see cref="Receive"/> and a waiting send.</summary>
    public abstract void Close();

    /// <summary>The same as <see cref="Close"/>.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }
}

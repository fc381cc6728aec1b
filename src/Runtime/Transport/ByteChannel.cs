using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// Two byte streams, one each way: a socket, a TLS stream, or an embedded server in this process. Nothing here waits: a
/// <see cref="ReplyLoop"/> waits for many channels at once. One thread sends at a time and one receives at a time; both may happen
/// at once.
/// </summary>
internal abstract class ByteChannel : IDisposable
{
    /// <summary>What to wait on for bytes; null for a channel that calls <see cref="Ready"/> itself.</summary>
    public virtual Socket? Socket => null;

    /// <summary>Called on any thread by a channel without a <see cref="Socket"/> when there is something to receive, or room to send again.</summary>
    public Action? Ready { get; set; }

    /// <summary>Whether bytes may wait in the channel itself, so that it has to be asked until there are none.</summary>
    public virtual bool IsBuffered => Socket is null;

    /// <summary>Whether bytes that were taken still wait for room; <see cref="TrySend"/> of nothing sends them.</summary>
    public virtual bool HasUnsent => false;

    /// <summary>Sends what there is room for.</summary>
    /// <param name="requests">Whole requests, or what is left of them.</param>
    /// <param name="lastRequest">Where the last of them begins.</param>
    /// <returns>How many bytes were taken; fewer than all when there is no room for more at the moment.</returns>
    /// <exception cref="IOException">The channel is closed or broken.</exception>
    public abstract int TrySend(ReadOnlySpan<byte> requests, int lastRequest);

    /// <summary>Takes bytes that have come: how many, 0 when the other side has closed, -1 when there are none yet.</summary>
    /// <exception cref="IOException">The channel is closed or broken.</exception>
    public abstract int TryReceive(Span<byte> buffer);

    /// <summary>Ends both directions, from any thread, and wakes whoever waits for the channel.</summary>
    public abstract void Close();

    /// <summary>Gives the resources back. Called once nobody waits for the channel any more.</summary>
    public void Dispose()
    {
        Close();
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what <see cref="Close"/> keeps.</summary>
    protected virtual void Release()
    {
    }
}

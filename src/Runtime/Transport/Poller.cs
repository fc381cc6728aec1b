using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// Waits for many sockets at once. One thread waits at a time; all other members may be called from any thread meanwhile.
/// </summary>
internal abstract class Poller : IDisposable
{
    /// <summary>As a timeout: wait until something comes.</summary>
    public const int Forever = -1;

    /// <summary>The best that the system has.</summary>
    public static Poller Create() => OperatingSystem.IsLinux() ? new EpollPoller() : new SelectPoller();

    /// <summary>Waits for a socket from now on.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="connection">Whose it is.</param>
    public abstract void Add(Socket socket, ServerConnection connection);

    /// <summary>Says whether to wait for room to send too.</summary>
    public abstract void WatchRoom(Socket socket, ServerConnection connection, bool watches);

    /// <summary>Stops waiting for a socket. To be called before it is disposed.</summary>
    public abstract void Remove(Socket socket, ServerConnection connection);

    /// <summary>Waits until a socket has something, or <see cref="Wake"/> is called.</summary>
    /// <param name="ready">Gets the connections whose sockets have something.</param>
    /// <param name="timeout">In milliseconds; 0 only looks, and <see cref="Forever"/> waits for good.</param>
    public abstract void Wait(List<ReadyConnection> ready, int timeout);

    /// <summary>Ends the current wait, or the next one.</summary>
    public abstract void Wake();

    public abstract void Dispose();
}

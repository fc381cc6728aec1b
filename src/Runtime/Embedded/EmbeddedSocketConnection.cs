using System.Net.Sockets;

namespace TypedCache.Embedded;

/// <summary>One accepted connection: reads, runs the commands, writes the replies, in turn.</summary>
internal sealed class EmbeddedSocketConnection(EmbeddedServer server, Socket socket) : IEmbeddedConnection
{
    private const int ReadSize = 16 * 1024;

    private readonly TaskCompletionSource _hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Serves until either side closes.</summary>
    public async Task RunAsync()
    {
        using var session = server.OpenSession(this);
        try
        {
            if (socket.AddressFamily != AddressFamily.Unix)
            {
                socket.NoDelay = true;
            }

            if (session is not null)
            {
                await ServeAsync(session).ConfigureAwait(false);
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // The client is gone, or the server was disposed: either way there is nobody left to tell.
        }
        finally
        {
            server.Forget(this);
            socket.Dispose();
        }
    }

    public bool IsBusy => false;

    public bool IsHangingUp => false;

    public void HangUp()
    {
        socket.Dispose();
        _hungUp.TrySetResult();
    }

    private async Task ServeAsync(EmbeddedSession session)
    {
        var input = new byte[ReadSize];
        var reply = new ReplyBuffer();
        while (!session.Closed)
        {
            var received = await socket.ReceiveAsync(input.AsMemory()).ConfigureAwait(false);
            if (received == 0)
            {
                return;
            }

            ReadOnlyMemory<byte> rest = input.AsMemory(0, received);
            while (!rest.IsEmpty)
            {
                rest = rest[session.Process(rest.Span, reply)..];
                await SendAsync(reply).ConfigureAwait(false);
                await SendHeldAsync(session, reply).ConfigureAwait(false);
            }
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private async Task SendHeldAsync(EmbeddedSession session, ReplyBuffer reply)
    {
        if (session.TakeHeld() is { } held)
        {
            // What the reply waits for may never come: it has nobody to go to once the server has hung up.
            var first = await Task.WhenAny(held.Until, _hungUp.Task).ConfigureAwait(false);
            await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            reply.Write(held.Reply.Span);
            await SendAsync(reply).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(ReplyBuffer reply)
    {
        var bytes = reply.Written;
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes).ConfigureAwait(false)..];
        }

        reply.Clear();
    }
}

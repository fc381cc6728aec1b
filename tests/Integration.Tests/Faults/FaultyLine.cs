using System.Net;
using System.Net.Sockets;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>One connection through a <see cref="FaultProxy"/>.</summary>
internal sealed class FaultyLine(Socket client, FaultPlan plan, Random random) : IDisposable
{
    private const int MaxDelay = 60;
    private const int MaxDripped = 200;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _reply = new byte[64 * 1024];

    /// <summary>Carries bytes both ways until either side hangs up or a fault ends the line.</summary>
    public async Task RunAsync(IPEndPoint server)
    {
        client.NoDelay = true;
        await _server.ConnectAsync(server);
        var requests = ForwardRequestsAsync();
        while (await _server.ReceiveAsync(_reply) is var count and > 0 && await DeliverAsync(_reply.AsMemory(0, count)))
        {
        }

        Dispose();
        await requests;
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    private async Task ForwardRequestsAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await client.ReceiveAsync(buffer) is var count and > 0)
            {
                await SendAsync(_server, buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The line is at its end.
        }

        Dispose();
    }

    // False when the line is to end.
    private async Task<bool> DeliverAsync(ReadOnlyMemory<byte> bytes)
    {
        var kind = plan.Next(random);
        var replies = kind == FaultKind.Reorder ? FirstTwo(bytes.Span) : default;
        if (kind == FaultKind.None || (kind == FaultKind.Reorder && replies.Second == 0))
        {
            await SendAsync(client, bytes);
            return true;
        }

        plan.Count(kind);
        switch (kind)
        {
            case FaultKind.Delay:
                await Task.Delay(random.Next(1, MaxDelay));
                await SendAsync(client, bytes);
                return true;
            case FaultKind.Drip:
                await DripAsync(bytes);
                return true;
            case FaultKind.Garbage:
                await SendAsync(client, Garbage());
                await SendAsync(client, bytes);
                return true;
            case FaultKind.Reorder:
                await SendAsync(client, bytes.Slice(replies.First, replies.Second));
                await SendAsync(client, bytes[..replies.First]);
                await SendAsync(client, bytes[(replies.First + replies.Second)..]);
                return true;
            case FaultKind.HalfClose:
                client.Shutdown(SocketShutdown.Send);
                return await UntilServerEndsAsync();
            case FaultKind.Hang:
                return await UntilServerEndsAsync();
            default:
                await SendAsync(client, bytes[..random.Next(bytes.Length)]);
                if (kind == FaultKind.Reset)
                {
                    client.LingerState = new LingerOption(enable: true, seconds: 0);
                }

                return false;
        }
    }

    private static (int First, int Second) FirstTwo(ReadOnlySpan<byte> bytes)
    {
        var first = ReplyFrame.LengthOf(bytes);
        return first == 0 ? default : (first, ReplyFrame.LengthOf(bytes[first..]));
    }

    private async Task DripAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < bytes.Length && i < MaxDripped; i++)
        {
            await SendAsync(client, bytes.Slice(i, 1));
        }

        if (bytes.Length > MaxDripped)
        {
            await SendAsync(client, bytes[MaxDripped..]);
        }
    }

    private byte[] Garbage()
    {
        var garbage = new byte[random.Next(1, 100)];
        random.NextBytes(garbage);
        return garbage;
    }

    // The client gives up first, which closes the line to the server.
    private async Task<bool> UntilServerEndsAsync()
    {
        while (await _server.ReceiveAsync(_reply) > 0)
        {
        }

        return false;
    }
}

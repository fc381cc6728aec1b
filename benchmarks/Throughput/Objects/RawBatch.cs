using System.Net.Sockets;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>What one server is asked for one caller's batch: a classic get of those keys which it holds.</summary>
/// <param name="Line">The position of the server.</param>
/// <param name="Request">The request.</param>
internal sealed record RawBatch(int Line, byte[] Request)
{
    /// <summary>The reply which the server always gives.</summary>
    public byte[] Reply { get; private set; } = [];

    /// <summary>Asks once, to know the reply.</summary>
    public void Learn(Socket socket)
    {
        var received = new byte[1 << 16];
        var held = 0;
        socket.Send(Request);
        while (!received.AsSpan(0, held).EndsWith("END\r\n"u8))
        {
            held += socket.Receive(received, held, received.Length - held, SocketFlags.None);
        }

        Reply = received[..held];
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Tests.Discovery;

/// <summary>A name server on a loopback port that answers questions for SRV records as a test says, each with the next answer; the last one stays.</summary>
internal sealed class DnsResponder : IDisposable
{
    private const int HeaderLength = 12;

    private readonly UdpClient _udp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly TcpListener? _tcp;
    private readonly Queue<Answer> _answers;
    private Answer? _last;

    public DnsResponder(bool withTcp, params Answer[] answers)
    {
        _answers = new Queue<Answer>(answers);
        EndPoint = (IPEndPoint)_udp.Client.LocalEndPoint!;
        if (withTcp)
        {
            _tcp = new TcpListener(EndPoint);
            _tcp.Start();
            _ = ServeTcpAsync();
        }

        _ = ServeUdpAsync();
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _udp.Dispose();
        _tcp?.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        try
        {
            while (true)
            {
                var question = await _udp.ReceiveAsync();
                _last = _answers.TryDequeue(out var next) ? next : _last!;
                if (!_last.IsSilent)
                {
                    await _udp.SendAsync(Reply(question.Buffer, _last, isWhole: !_last.IsTruncated), question.RemoteEndPoint);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp!.AcceptTcpClientAsync();
                var length = new byte[2];
                await client.GetStream().ReadExactlyAsync(length);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await client.GetStream().ReadExactlyAsync(question);
                var reply = Reply(question, _last!, isWhole: true);
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)reply.Length);
                await client.GetStream().WriteAsync((byte[])[.. length, .. reply]);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
        }
    }

    private static byte[] Reply(byte[] question, Answer answer, bool isWhole)
    {
        if (answer.IsGarbage)
        {
            return [question[0], question[1], 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0, 0xC0, 0xFF, 1, 2, 3];
        }

        var questionEnd = Array.IndexOf(question, (byte)0, HeaderLength) + 5;
        var records = isWhole ? answer.Targets : answer.Targets[..1];
        List<byte> reply = [question[0], question[1], (byte)(isWhole ? 0x85 : 0x87), (byte)(0x80 | answer.Code), 0, 1, 0, (byte)records.Length, 0, 0, 0, 0];
        reply.AddRange(question[HeaderLength..questionEnd]);
        foreach (var (host, port) in records)
        {
            byte[] target = [.. host.Split('.').SelectMany(static label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
            reply.AddRange([0xC0, HeaderLength, 0, 33, 0, 1, 0, 0, 0, 30, 0, (byte)(6 + target.Length), 0, 10, 0, 33, (byte)(port >> 8), (byte)port, .. target]);
        }

        return [.. reply];
    }

    /// <summary>What is answered.</summary>
    /// <param name="Targets">The records.</param>
    internal sealed record Answer(params (string Host, int Port)[] Targets)
    {
        /// <summary>The response code.</summary>
        public int Code { get; init; }

        public bool IsTruncated { get; init; }

        public bool IsSilent { get; init; }

        public bool IsGarbage { get; init; }
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Tool;

/// <summary>Asks a server for what it knows of an item besides the value (memcached's protocol.txt, "Meta Get").</summary>
internal static class ItemMetadata
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>How long the item lives on, as text, from the first server of its failover order which has it.</summary>
    public static async Task<string> ReadTimeToLiveAsync(KeyLocation location, CancellationToken cancellationToken)
    {
        foreach (var server in location.Servers.Where(server => server.State == ServerState.Connected && server.Port != 0))
        {
            var seconds = await AskAsync(server, location.WireKey, cancellationToken);
            if (seconds is not null)
            {
                return seconds < 0 ? "no limit" : string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
            }
        }

        return "not known";
    }

    private static async Task<long?> AskAsync(MemcachedServer server, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Host.Trim('[', ']'), server.Port, limit.Token);
            var stream = client.GetStream();
            byte[] request = [.. "mg "u8, .. key.Span, .. " t\r\n"u8];
            await stream.WriteAsync(request, limit.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var reply = await reader.ReadLineAsync(limit.Token);
            return reply is not null && reply.StartsWith("HD t", StringComparison.Ordinal)
                && long.TryParse(reply.AsSpan(4), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                ? seconds
                : null;
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}

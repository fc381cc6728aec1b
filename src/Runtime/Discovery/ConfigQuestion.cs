using System.Net.Sockets;
using TypedCache.Transport;

namespace TypedCache.Discovery;

/// <summary>Asks one server for the nodes of its cluster, over a connection of its own. It blocks.</summary>
internal static class ConfigQuestion
{
    /// <summary>Asks.</summary>
    /// <param name="name">The server, for messages.</param>
    /// <param name="connector">Opens the connection.</param>
    /// <param name="limit">How long it may take, connecting included.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="MemcachedException">The server cannot be reached, or gives no list.</exception>
    public static ServerListVersion Ask(string name, ChannelConnector connector, TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = new ConnectDeadline(limit, () => cancellationToken.IsCancellationRequested);
        try
        {
            using var channel = connector.Open(deadline);
            return Ask(name, channel, deadline);
        }
        catch (TimeoutException exception)
        {
            throw new MemcachedConnectionException($"{name} did not answer within {limit.TotalMilliseconds:0} ms.", exception) { Server = name };
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            throw new MemcachedConnectionException($"{name} cannot be asked: {exception.Message}", exception) { Server = name };
        }
        catch (MemcachedConnectionException exception) when (exception.Server is null)
        {
            // Of TLS, which does not know whom it talks to.
            throw new MemcachedConnectionException($"{name} cannot be asked: {exception.Message}", exception.InnerException) { Server = name };
        }
        catch (MemcachedProtocolException exception)
        {
            throw new MemcachedProtocolException($"{name}: {exception.Message}", exception);
        }
    }

    private static ServerListVersion Ask(string name, ByteChannel channel, ConnectDeadline deadline)
    {
        var list = Ask(channel, "config get cluster\r\n"u8, deadline, out var outcome);
        if (outcome == ConfigOutcome.UnknownCommand)
        {
            // ElastiCache before its engine 1.4.14 has the list under a key.
            list = Ask(channel, "get AmazonElastiCache:cluster\r\n"u8, deadline, out outcome);
        }

        return list ?? throw new MemcachedServerException(
            $"{name} knows of no cluster. The address has to be a configuration endpoint of ElastiCache, or a discovery endpoint of Memorystore; the servers of any other cluster have to be listed.")
        {
            Server = name,
        };
    }

    private static ServerListVersion? Ask(ByteChannel channel, ReadOnlySpan<byte> question, ConnectDeadline deadline, out ConfigOutcome outcome)
    {
        Send(channel, question, deadline);
        var reply = new byte[4096];
        for (var length = 0; ;)
        {
            length += Receive(channel, reply.AsSpan(length), deadline);
            var list = ConfigReply.Read(reply.AsSpan(0, length), out outcome);
            if (outcome != ConfigOutcome.Incomplete)
            {
                return list;
            }

            if (length == reply.Length)
            {
                Array.Resize(ref reply, 2 * length);
            }
        }
    }

    private static void Send(ByteChannel channel, ReadOnlySpan<byte> question, ConnectDeadline deadline)
    {
        for (var sent = channel.TrySend(question, lastRequest: 0); sent < question.Length || channel.HasUnsent; sent += channel.TrySend(question[sent..], lastRequest: 0))
        {
            deadline.Wait(time => channel.Socket!.Poll(time, SelectMode.SelectWrite));
        }
    }

    private static int Receive(ByteChannel channel, Span<byte> buffer, ConnectDeadline deadline)
    {
        int received;
        while ((received = channel.TryReceive(buffer)) < 0)
        {
            deadline.Wait(time => channel.Socket!.Poll(time, SelectMode.SelectRead));
        }

        // Also a server that sends a byte now and then has to be done in time.
        deadline.ThrowIfOver();
        return received > 0 ? received : throw new IOException("it closed the connection without an answer.");
    }
}

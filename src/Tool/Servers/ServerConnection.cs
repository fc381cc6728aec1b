using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Tool.Servers;

/// <summary>
/// A plain connection to one server, for commands that a pool does not have. It sends a command and reads lines; a line lies in its buffer
/// until more is read.
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    /// <summary>How long a server may take to accept a connection, and to answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private const string UnixScheme = "unix://";
    private const int BufferSize = 256 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    private ServerConnection(string name, Socket socket) => (Name, _socket) = (name, socket);

    /// <summary>What the server is called.</summary>
    public string Name { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="ServerException">The server cannot be reached.</exception>
    public static async Task<ServerConnection> OpenAsync(MemcachedServer server, CancellationToken cancellationToken)
    {
        var isUnix = server.Host.StartsWith(UnixScheme, StringComparison.Ordinal);
        var socket = isUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            await (isUnix
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(server.Host[UnixScheme.Length..]), limit.Token)
                : socket.ConnectAsync(new DnsEndPoint(server.Host.Trim('[', ']'), server.Port), limit.Token));
            return new ServerConnection(server.Name, socket);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new ServerException(
                    $"{server.Name} cannot be reached: {(exception is SocketException ? exception.Message : $"no connection within {Limit.TotalSeconds} s")}", exception);
            }

            throw;
        }
    }

    /// <summary>Sends a command, with its line end.</summary>
    /// <exception cref="ServerException">The connection broke.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        try
        {
            for (var rest = command; !rest.IsEmpty;)
            {
                rest = rest[await _socket.SendAsync(rest, cancellationToken)..];
            }
        }
        catch (SocketException broken)
        {
            throw Broken(broken.Message, broken);
        }
    }

    /// <summary>Takes the next line if it has been received.</summary>
    /// <param name="line">The line without its end. The next read overwrites it.</param>
    public bool TryTakeLine(out ReadOnlySpan<byte> line)
    {
        var received = _buffer.AsSpan(_start, _end - _start);
        var length = received.IndexOf((byte)'\n');
        if (length < 0)
        {
            line = default;
            return false;
        }

        _start += length + 1;
        line = received[..length].TrimEnd((byte)'\r');
        return true;
    }

    /// <summary>Receives more; false: the server has closed the connection.</summary>
    /// <param name="limit">How long to wait; null: as long as it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServerException">The server said nothing in time, the connection broke, or a line is too long for any answer of memcached.</exception>
    public async ValueTask<bool> ReceiveAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            throw Broken("it sends something that memcached does not send");
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (limit is { } allowed)
        {
            timer.CancelAfter(allowed);
        }

        try
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(_end), timer.Token);
            _end += count;
            return count > 0;
        }
        catch (SocketException broken)
        {
            throw Broken(broken.Message, broken);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw Broken($"it has said nothing for {limit!.Value.TotalSeconds} s", late);
        }
    }

    /// <summary>Sends a command and gives the first line of the answer.</summary>
    /// <exception cref="ServerException">There is no answer.</exception>
    public async Task<string> AskAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        await SendAsync(command, cancellationToken);
        return await ReadLineAsync(cancellationToken);
    }

    /// <summary>Gives the next line as text.</summary>
    /// <exception cref="ServerException">There is none.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTakeText() is { } line)
            {
                return line;
            }

            if (!await ReceiveAsync(Limit, cancellationToken))
            {
                throw Closed();
            }
        }
    }

    /// <summary>The exception that says that the server has closed the connection.</summary>
    public ServerException Closed() => Broken("it has closed the connection");

    public void Dispose() => _socket.Dispose();

    private string? TryTakeText() => TryTakeLine(out var line) ? Encoding.Latin1.GetString(line) : null;

    private ServerException Broken(string reason, Exception? cause = null) => new($"{Name} has not answered: {reason}", cause);
}

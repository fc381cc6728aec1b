using System.Buffers;

namespace TypedCache.Embedded;

/// <summary>
/// The conversation of one connection, without a socket: takes request bytes, cut anywhere, and writes replies.
/// Used by one thread at a time; the store behind it may serve many sessions at once.
/// </summary>
internal sealed class EmbeddedSession : IDisposable
{
    /// <summary>A longer line without its end has to be a get (proto_text.c, try_read_command_ascii).</summary>
    private const int MaxLine = 2048;

    /// <summary>A get line is bounded by memory in memcached; here a single line must not fill the memory.</summary>
    private const int MaxGetLine = 8 * 1024 * 1024;

    private const int MaxLeadingBlanks = 100;
    private const byte BinaryProtocol = 0x80;

    private readonly EmbeddedStore _store;
    private readonly EmbeddedStats _stats;
    private readonly PendingPayload _payload = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ClassicCommands _classic;
    private readonly MetaCommands _meta;
    private readonly ServerCommands _server;
    private readonly EmbeddedLog? _log;
    private readonly EmbeddedCluster? _cluster;
    private readonly Interception? _interception;
    private long _bytesRead;
    private long _bytesWritten;
    private bool _hasInput;
    private volatile bool _disposed;

    public EmbeddedSession(
        EmbeddedStore store, EmbeddedStats stats, string version, EmbeddedLog? log = null, EmbeddedCluster? cluster = null, Action<EmbeddedExchange>? intercept = null)
    {
        _interception = intercept is null ? null : new Interception(this, intercept);
        _cluster = cluster;
        _store = store;
        _stats = stats;
        _log = log;
        _classic = new ClassicCommands(store, _payload);
        _meta = new MetaCommands(store, _payload);
        _server = new ServerCommands(store, stats, version);
        lock (_store.Gate)
        {
            _stats.OpenSessions++;
            _store.Counters.TotalConnections++;
        }

        log?.Opened();
    }

    /// <summary>The number of its connection.</summary>
    public long Connection { get; init; }

    /// <summary>Whether the connection has been closed by either side.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>The server closes the connection once its replies are sent; further input is ignored.</summary>
    public bool Closed { get; private set; }

    /// <summary>Closes the connection once its replies are sent.</summary>
    public void Close() => Closed = true;

    /// <summary>Takes the reply that may not be sent yet; no other command is carried out before.</summary>
    public EmbeddedExchange? TakeHeld() => _interception?.TakeHeld();

    /// <summary>
    /// Runs the commands in the input until it ends or the replies leave no room, and returns how many bytes were
    /// consumed. Never throws because of what the input contains.
    /// </summary>
    public int Process(ReadOnlySpan<byte> input, ReplyBuffer reply)
    {
        var replied = reply.Length;
        var left = input;
        if (!_hasInput && !left.IsEmpty)
        {
            _hasInput = true;
            Closed |= left[0] == BinaryProtocol;
        }

        while (!left.IsEmpty && !Closed && reply.HasRoom && _interception?.Held is null)
        {
            left = left[Step(left, reply)..];
        }

        var used = Closed ? input.Length : input.Length - left.Length;
        _bytesRead += used;
        _bytesWritten += reply.Length - replied;
        return used;
    }

    /// <summary>Removes the session from the count of open ones. Safe during a call of <see cref="Process"/>.</summary>
    public void Dispose()
    {
        lock (_store.Gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _stats.OpenSessions--;
        }

        _log?.Closed();
    }

    private int Step(ReadOnlySpan<byte> input, ReplyBuffer reply)
    {
        if (_payload.IsReading)
        {
            return ReadPayload(input, reply);
        }

        return _payload.IsSwallowing ? _payload.Swallow(input) : ReadLine(input, reply);
    }

    private int ReadPayload(ReadOnlySpan<byte> input, ReplyBuffer reply)
    {
        var used = _payload.Take(input);
        if (!_payload.IsReading)
        {
            CompletePayload(reply);
        }

        return used;
    }

    private void CompletePayload(ReplyBuffer reply)
    {
        var replied = reply.Length;
        if (_interception is null)
        {
            AnswerValue(reply);
        }
        else
        {
            _interception.TakeValue(_payload.Item.Value.AsSpan().ToArray(), reply, AnswerValue);
        }

        _payload.Forget();
        _log?.Answered(reply.Written.Span[replied..]);
    }

    private void AnswerValue(ReplyBuffer reply)
    {
        lock (_store.Gate)
        {
            BeginCommand();
            _store.Counters.SetCommands++;
            if (!_payload.IsWellFormed)
            {
                if (_payload.IsMeta || !_payload.Quiet)
                {
                    reply.WriteLine("CLIENT_ERROR bad data chunk"u8);
                }
            }
            else if (_payload.IsMeta)
            {
                _meta.CompleteSet(reply);
            }
            else
            {
                _classic.CompleteSet(reply);
            }
        }
    }

    private int ReadLine(ReadOnlySpan<byte> input, ReplyBuffer reply)
    {
        var end = input.IndexOf((byte)'\n');
        if (_line.WrittenCount == 0 && end is >= 0 and <= MaxLine)
        {
            Execute(input[..end], reply);
            return end + 1;
        }

        var used = end < 0 ? input.Length : end + 1;
        _line.Write(end < 0 ? input : input[..end]);
        if (_line.WrittenCount > MaxLine && !MayGoOn(reply))
        {
            Closed = true;
        }
        else if (end >= 0)
        {
            Execute(_line.WrittenSpan, reply);
            _line.ResetWrittenCount();
        }

        return used;
    }

    private bool MayGoOn(ReplyBuffer reply)
    {
        if (_line.WrittenCount > MaxGetLine)
        {
            reply.WriteLine("SERVER_ERROR out of memory reading request"u8);
            return false;
        }

        var line = _line.WrittenSpan;
        var command = line.TrimStart((byte)' ');
        return line.Length - command.Length <= MaxLeadingBlanks && (command.StartsWith("get "u8) || command.StartsWith("gets "u8));
    }

    private void Execute(ReadOnlySpan<byte> text, ReplyBuffer reply)
    {
        // As in memcached: the CR of an otherwise empty line stays, and a NUL ends the line.
        if (text.Length > 1 && text[^1] == '\r')
        {
            text = text[..^1];
        }

        var replied = reply.Length;
        _log?.Asked(text);
        if (_interception is null)
        {
            Run(text, reply);
        }
        else
        {
            _interception.Take(text, reply, Run, () => _payload.IsReading);
        }

        _log?.Answered(reply.Written.Span[replied..]);
    }

    private void Run(ReadOnlySpan<byte> text, ReplyBuffer reply)
    {
        var nul = text.IndexOf((byte)0);
        var line = new CommandLine(nul < 0 ? text : text[..nul]);
        if (line.Count == 0 || line[0].Length < 2)
        {
            reply.WriteLine("ERROR"u8);
            return;
        }

        lock (_store.Gate)
        {
            BeginCommand();
            Dispatch(line, reply);
        }
    }

    private void BeginCommand()
    {
        _store.Tick();
        _store.Counters.BytesRead += _bytesRead;
        _store.Counters.BytesWritten += _bytesWritten;
        _bytesRead = _bytesWritten = 0;
    }

    private void Dispatch(in CommandLine line, ReplyBuffer reply)
    {
        if (line[0].Length == 2 && line[0][0] == 'm')
        {
            _meta.Execute(line, reply);
        }
        else if (line[0].SequenceEqual("quit"u8))
        {
            Closed = true;
        }
        else if (_cluster?.TryExecute(line, reply) == true || _classic.TryExecute(line, reply) || _server.TryExecute(line, reply))
        {
            return;
        }
        else if (IsHttp(line))
        {
            Closed = true;
        }
        else
        {
            reply.WriteLine("ERROR"u8);
        }
    }

    // A browser that talks to the cache by mistake or malice must not get further. memcached checks only
    // requests whose first letter begins none of its frequent commands.
    private static bool IsHttp(in CommandLine line) =>
        !"gsacidt"u8.Contains(line[0][0]) && line.Last.StartsWith("HTTP/"u8);
}

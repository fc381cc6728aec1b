using System.Diagnostics;
using System.Numerics;
using System.Text;
using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>
/// The reading half of a connection: takes bytes from the channel and matches replies with the operations that wait for them,
/// oldest first. Used by one thread at a time, the one that has the role in the connection's <see cref="ReplyLoop"/>; the buffer that
/// it receives into is the loop's, and only the beginning of a line that has not come whole is kept here.
/// </summary>
/// <param name="connection">Whose operations are answered.</param>
/// <param name="channel">Where the bytes come from.</param>
/// <param name="server">The server's name, for messages.</param>
/// <param name="maxValueLength">The longest value that is taken, in bytes.</param>
internal sealed class ReplyStream(ServerConnection connection, ByteChannel channel, string server, int maxValueLength)
{
    private const int WindowSize = 64;

    // From so many bytes on, a payload is received where it belongs.
    private const int DirectSize = 16 * 1024;

    // How often one connection may fill the buffer before it is another's turn.
    private const int MaxReceives = 4;

    private readonly ReplyReader _replies = new(server, maxValueLength);
    private readonly List<Operation> _unfinished = [];
    private readonly Operation[] _window = new Operation[WindowSize];
    private byte[] _kept = [];
    private int _keptLength;
    private byte[] _received = [];
    private int _start;
    private int _end;
    private int _windowCount;
    private int _windowIndex;
    private int _answered;
    private Memory<byte> _payload;
    private bool _inPayload;
    private int _calls;
    private int _stores;

    /// <summary>How operations on one key are written and answered.</summary>
    public WireProtocol Protocol
    {
        get => _replies.Protocol;
        set => _replies.Protocol = value;
    }

    /// <summary>How many bytes its buffers have memory for, the loop's not counted.</summary>
    public int Footprint => _kept.Length + (WindowSize * IntPtr.Size);

    /// <summary>Whether the channel has ended; what was read before may still have to be completed.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes what has come and hands the operations that are answered by it to the dispatcher.</summary>
    /// <param name="dispatcher">Completes them afterwards.</param>
    /// <param name="buffer">To receive into.</param>
    /// <returns>Whether there may be more.</returns>
    public bool Read(ReplyDispatcher dispatcher, byte[] buffer)
    {
        try
        {
            for (var i = 0; i < MaxReceives; i++)
            {
                if (!ReceiveOnce(dispatcher, buffer, out var filled))
                {
                    return false;
                }

                if (!filled && !channel.IsBuffered)
                {
                    return false;
                }
            }

            return true;
        }
        catch (MemcachedProtocolException exception)
        {
            connection.CloseAsMismatched(exception);
        }
        catch (Exception exception)
        {
            // Whatever it is, even memory that ran out: it ends this connection and not the process.
            connection.CloseAsLost(exception);
        }

        HasEnded = true;
        return false;
    }

    /// <summary>Reads nothing more.</summary>
    public void Abort() => HasEnded = true;

    // False when nothing has come.
    private bool ReceiveOnce(ReplyDispatcher dispatcher, byte[] buffer, out bool filled)
    {
        int count;
        int room;
        if (_inPayload && _payload.Length >= DirectSize)
        {
            room = _payload.Length;
            count = channel.TryReceive(_payload.Span);
            _payload = _payload[Math.Max(count, 0)..];
        }
        else
        {
            _kept.AsSpan(0, _keptLength).CopyTo(buffer);
            room = buffer.Length - _keptLength;
            count = channel.TryReceive(buffer.AsSpan(_keptLength));
            (_received, _start, _end) = (buffer, 0, _keptLength + Math.Max(count, 0));
        }

        filled = count == room;
        if (count == 0)
        {
            connection.CloseAsLost(null);
            HasEnded = true;
        }
        else if (count > 0)
        {
            connection.HasReceived(count);
            ReadReplies(dispatcher);
            Keep();
        }

        return count > 0;
    }

    // The beginning of a line, or the end of a payload's, until the rest of it comes.
    private void Keep()
    {
        _keptLength = _end - _start;
        if (_kept.Length < _keptLength)
        {
            _kept = new byte[Math.Max(256, (int)BitOperations.RoundUpToPowerOf2((uint)_keptLength))];
        }

        _received.AsSpan(_start, _keptLength).CopyTo(_kept);
        _received = [];
        (_start, _end) = (0, 0);
    }

    private void ReadReplies(ReplyDispatcher dispatcher)
    {
        try
        {
            while (_start < _end && ReadStep(dispatcher))
            {
            }
        }
        finally
        {
            RemoveAnswered();
            Continue();
        }
    }

    // False when more bytes are needed.
    private bool ReadStep(ReplyDispatcher dispatcher)
    {
        var input = _received.AsSpan(_start, _end - _start);
        var operation = Current() ?? throw new MemcachedProtocolException(
            $"{server} sent a reply although none was due: '{Encoding.Latin1.GetString(input[..Math.Min(input.Length, 40)])}'. The connection is closed.");
        if (_inPayload)
        {
            return ReadPayload(dispatcher, operation, input);
        }

        if (operation.IsAbandoned)
        {
            operation.Reply.Drop();
        }

        var step = _replies.ReadLine(operation.Request, operation.Reply, input, out var consumed, out var payload);
        _start += consumed;
        if (step == ReplyStep.Payload)
        {
            _payload = payload;
            _inPayload = true;
            operation.Route?.NoteLength(operation.Request.Key, payload.Length);
        }
        else
        {
            TakeStep(dispatcher, operation, step);
        }

        return step != ReplyStep.NeedMore;
    }

    private bool ReadPayload(ReplyDispatcher dispatcher, Operation operation, ReadOnlySpan<byte> input)
    {
        var count = Math.Min(_payload.Length, input.Length);
        input[..count].CopyTo(_payload.Span);
        _payload = _payload[count..];
        _start += count;
        input = input[count..];
        if (_payload.Length > 0 || input.Length < 2)
        {
            return false;
        }

        if (input[0] != '\r' || input[1] != '\n')
        {
            throw _replies.Mismatch(operation.Request, input, "the value is longer than its header says");
        }

        _start += 2;
        _inPayload = false;
        _payload = default;
        TakeStep(dispatcher, operation, _replies.AfterPayload(operation.Request, operation.Reply));
        return true;
    }

    private void TakeStep(ReplyDispatcher dispatcher, Operation operation, ReplyStep step)
    {
        // Kept before it is finished: should memory run out, the connection still owes it, and ends it.
        if (step == ReplyStep.Done)
        {
            dispatcher.Add(operation);
            Count(operation);
            Finish(operation);
        }
        else if (step == ReplyStep.Again)
        {
            _unfinished.Add(operation);
            Finish(operation);
        }
    }

    // Who has left was counted when the time was over, or does not count.
    private void Count(Operation operation)
    {
        var request = operation.Request;
        if (connection.Tally is not { } tally || operation.IsAbandoned || request.Verb == Verb.Handshake)
        {
            return;
        }

        _calls++;
        _stores += WireProtocol.HasPayload(request.Verb) ? 1 : 0;
        if (operation.Reply.Refusal is { } refusal)
        {
            tally.NoteRefusal(request, refusal);
        }
    }

    // Before they are no longer pending: until then somebody looks after the connection, and so finds what is counted.
    private void TellTally()
    {
        if (_calls > 0)
        {
            connection.Tally?.Add(_calls, _stores);
            (_calls, _stores) = (0, 0);
        }
    }

    private Operation? Current()
    {
        if (_windowIndex == _windowCount)
        {
            // The next window may be shorter: what it does not overwrite must not be kept.
            _window.AsSpan(0, _windowCount).Clear();
            _windowIndex = 0;
            _windowCount = connection.PeekPending(_answered, _window);
        }

        return _windowIndex < _windowCount ? _window[_windowIndex] : null;
    }

    private void Finish(Operation operation)
    {
        Debug.Assert(operation == _window[_windowIndex], "replies come in the order of the requests");
        _windowIndex++;
        _answered++;
    }

    // Before their callers continue: they may use the same objects for their next requests.
    private void RemoveAnswered()
    {
        if (_answered > 0)
        {
            TellTally();
            connection.RemovePending(_answered);
            _window.AsSpan(0, _windowCount).Clear();
            _answered = 0;
            _windowCount = 0;
            _windowIndex = 0;
        }
    }

    // Sends the next requests of operations that take several. They leave when the loop sees to the connection.
    private void Continue()
    {
        foreach (var operation in _unfinished)
        {
            operation.Route!.Continue(operation);
        }

        _unfinished.Clear();
    }
}

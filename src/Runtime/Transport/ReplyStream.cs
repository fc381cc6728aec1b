using System.Diagnostics;
using System.Text;
using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>
/// The reading half of a connection: takes bytes from the channel and matches replies with the operations which wait for
/// them, oldest first. Used by one thread at a time, the one which has the role in the connection's <see cref="ReplyLoop"/>.
/// </summary>
/// <param name="connection">Whose operations are answered.</param>
/// <param name="channel">Where the bytes come from.</param>
/// <param name="server">The server's name, for messages.</param>
/// <param name="maxValueLength">The longest value which is taken, in bytes.</param>
internal sealed class ReplyStream(ServerConnection connection, ByteChannel channel, string server, int maxValueLength)
{
    private const int ReceiveBufferSize = 64 * 1024;
    private const int WindowSize = 64;

    private readonly ReplyReader _replies = new(server, maxValueLength);
    private readonly byte[] _received = new byte[ReceiveBufferSize];
    private readonly List<Operation> _unfinished = [];
    private readonly Operation[] _window = new Operation[WindowSize];
    private int _start;
    private int _end;
    private int _windowCount;
    private int _windowIndex;
    private int _answered;
    private Memory<byte> _payload;
    private bool _inPayload;

    /// <summary>How operations on one key are written and answered.</summary>
    public WireProtocol Protocol
    {
        get => _replies.Protocol;
        set => _replies.Protocol = value;
    }

    /// <summary>Whether the channel has ended; what was read before may still have to be completed.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes what has come and hands the operations which are answered by it to the dispatcher.</summary>
    /// <param name="dispatcher">Completes them afterwards.</param>
    /// <param name="waits">Whether to wait where nothing has come yet.</param>
    /// <returns>False when there was nothing to take.</returns>
    public bool Read(ReplyDispatcher dispatcher, bool waits)
    {
        try
        {
            var count = Receive(waits);
            if (count == 0)
            {
                connection.CloseAsLost(null);
                HasEnded = true;
            }
            else if (count > 0)
            {
                ReadReplies(dispatcher);
            }

            return count >= 0;
        }
        catch (MemcachedProtocolException exception)
        {
            connection.CloseAsMismatched(exception);
        }
        catch (Exception exception)
        {
            // Whatever it is, even memory which ran out: it ends this connection and not the process.
            connection.CloseAsLost(exception);
        }

        HasEnded = true;
        return true;
    }

    // How many bytes came; 0 at the end, and less when there were none.
    private int Receive(bool waits)
    {
        int count;
        if (_inPayload && _payload.Length >= ReceiveBufferSize)
        {
            count = Receive(_payload.Span, waits);
            _payload = _payload[Math.Max(count, 0)..];
        }
        else
        {
            MakeRoom();
            count = Receive(_received.AsSpan(_end), waits);
            _end += Math.Max(count, 0);
        }

        if (count > 0)
        {
            connection.HasReceived();
        }

        return count;
    }

    private int Receive(Span<byte> target, bool waits) => waits ? channel.Receive(target) : channel.TryReceive(target);

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_received.Length - _end < ReceiveBufferSize / 4)
        {
            _received.AsSpan(_start, _end - _start).CopyTo(_received);
            _end -= _start;
            _start = 0;
        }
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
        TakeStep(dispatcher, operation, _replies.AfterPayload(operation.Request, operation.Reply));
        return true;
    }

    private void TakeStep(ReplyDispatcher dispatcher, Operation operation, ReplyStep step)
    {
        if (step == ReplyStep.Done)
        {
            Finish(operation);
            dispatcher.Add(operation);
        }
        else if (step == ReplyStep.Again)
        {
            Finish(operation);
            _unfinished.Add(operation);
        }
    }

    private Operation? Current()
    {
        if (_windowIndex == _windowCount)
        {
            _windowIndex = 0;
            _windowCount = connection.PeekPending(_answered, _window);
        }

        return _windowIndex < _windowCount ? _window[_windowIndex] : null;
    }

    private void Finish(Operation operation)
    {
        Debug.Assert(operation == _window[_windowIndex], "replies come in the order of the requests");
        operation.Generation = connection.Generation;
        _windowIndex++;
        _answered++;
    }

    // Before their callers continue: they may use the same objects for their next requests.
    private void RemoveAnswered()
    {
        if (_answered > 0)
        {
            connection.RemovePending(_answered);
            _answered = 0;
            _windowCount = 0;
            _windowIndex = 0;
        }
    }

    // Sends the next requests of operations which take several.
    private void Continue()
    {
        if (_unfinished.Count == 0)
        {
            return;
        }

        var sends = SendBatch.Begin();
        foreach (var operation in _unfinished)
        {
            operation.Route!.Continue(operation);
        }

        _unfinished.Clear();
        sends.End();
    }
}

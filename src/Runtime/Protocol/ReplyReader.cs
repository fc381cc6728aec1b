using System.Buffers.Text;
using System.Text;

namespace TypedCache.Protocol;

/// <summary>
/// Takes replies apart, line by line: meta replies, and the classic ones of multi-get and server commands. What does not fit
/// the operation it is read for throws <see cref="MemcachedProtocolException"/>: from there on the stream is worth nothing.
/// </summary>
/// <param name="server">The server's name, for messages.</param>
/// <param name="maxValueLength">The longest payload which is taken, in bytes.</param>
internal sealed class ReplyReader(string server, int maxValueLength)
{
    // A VALUE line has a key of 250 bytes and three numbers; statistics and versions are shorter still.
    private const int MaxLineLength = 2048;

    /// <summary>Whether the server echoes opaque tokens on every reply but errors (since 1.6.18), so that one without is no reply.</summary>
    public bool VerifyOpaque { get; set; }

    /// <summary>
    /// Reads one line of the operation's reply. After <see cref="ReplyStep.Payload"/> the payload's bytes and CR LF follow in
    /// the stream; after them comes <see cref="AfterPayload"/>.
    /// </summary>
    public ReplyStep ReadLine(Operation operation, ReadOnlySpan<byte> input, out int consumed, out Memory<byte> payload)
    {
        payload = default;
        var end = input.IndexOf((byte)'\n');
        if (end < 0)
        {
            consumed = 0;
            return input.Length <= MaxLineLength ? ReplyStep.NeedMore : throw Mismatch(operation, input[..80], "the line has no end");
        }

        if (end < 3 || input[end - 1] != '\r')
        {
            throw Mismatch(operation, input[..end], "the line does not end with CR LF");
        }

        consumed = end + 1;
        var line = input[..(end - 1)];
        try
        {
            return operation switch
            {
                BatchReadOperation => ReadBatchLine(operation, line, out payload),
                LinesOperation => ReadTextLine(operation, line),
                HandshakeOperation => ReadAnswer(operation, line),
                _ => ReadMetaLine(operation, line, out payload),
            };
        }
        catch (FormatException exception)
        {
            throw Mismatch(operation, line, exception.Message);
        }
    }

    /// <summary>What comes after a payload.</summary>
    public ReplyStep AfterPayload(Operation operation)
    {
        if (operation is BatchReadOperation)
        {
            return ReplyStep.More;
        }

        if (operation is CounterOperation counter)
        {
            try
            {
                counter.ReceiveNumber(counter.Payload.WrittenSpan);
            }
            catch (FormatException exception)
            {
                throw Mismatch(operation, counter.Payload.WrittenSpan, exception.Message);
            }
        }

        return ReplyStep.Done;
    }

    /// <summary>The exception for bytes which are no reply to the operation.</summary>
    public MemcachedProtocolException Mismatch(Operation operation, ReadOnlySpan<byte> line, string reason)
    {
        var shown = Encoding.Latin1.GetString(line[..Math.Min(line.Length, 80)]);
        return new MemcachedProtocolException(
            $"{server} answered '{shown}' to {operation.Verb} '{Encoding.UTF8.GetString(operation.Key)}': {reason}. The connection is closed.")
        {
            Server = server,
        };
    }

    private ReplyStep ReadMetaLine(Operation operation, ReadOnlySpan<byte> line, out Memory<byte> payload)
    {
        payload = default;
        switch ((line[0] << 8) | line[1])
        {
            case ('V' << 8) | 'A':
                return ReadValueLine(operation, line, out payload);
            case ('H' << 8) | 'D':
                return ReadCode(operation, line, ReplyCode.Ok);
            case ('E' << 8) | 'N':
                return ReadCode(operation, line, ReplyCode.Miss);
            case ('N' << 8) | 'F':
                return ReadCode(operation, line, ReplyCode.NotFound);
            case ('N' << 8) | 'S':
                return ReadCode(operation, line, ReplyCode.NotStored);
            case ('E' << 8) | 'X':
                return ReadCode(operation, line, ReplyCode.Exists);
            default:
                return ReadError(operation, line);
        }
    }

    private ReplyStep ReadCode(Operation operation, ReadOnlySpan<byte> line, ReplyCode code)
    {
        if (line.Length > 2 && line[2] != ' ')
        {
            throw new FormatException("it is no known reply");
        }

        if (!Fits(operation.Verb, code))
        {
            throw new FormatException("the operation cannot be answered so");
        }

        ReadFlags(operation, line[2..], out _);
        operation.Code = code;
        return ReplyStep.Done;
    }

    // VA <length> <flags>*, then the payload.
    private ReplyStep ReadValueLine(Operation operation, ReadOnlySpan<byte> line, out Memory<byte> payload)
    {
        if (operation is StatusOperation)
        {
            throw new FormatException("no value was asked for");
        }

        var rest = line[2..];
        var length = TakeLength(ref rest);
        ReadFlags(operation, rest, out var flags);
        operation.Code = ReplyCode.Ok;
        payload = operation.ReceiveValue(default, flags, length);
        return ReplyStep.Payload;
    }

    private static bool Fits(Verb verb, ReplyCode code) => verb switch
    {
        Verb.Get or Verb.GetAndTouch => code == ReplyCode.Miss,
        Verb.Exists or Verb.Touch => code is ReplyCode.Ok or ReplyCode.Miss,
        Verb.Set => code == ReplyCode.Ok,
        Verb.Add or Verb.Replace or Verb.Append or Verb.Prepend => code is ReplyCode.Ok or ReplyCode.NotStored,
        Verb.CompareAndSet => code is ReplyCode.Ok or ReplyCode.Exists or ReplyCode.NotFound,
        Verb.Delete => code is ReplyCode.Ok or ReplyCode.NotFound,
        Verb.Increment or Verb.Decrement => code == ReplyCode.NotFound,
        _ => false,
    };

    private void ReadFlags(Operation operation, ReadOnlySpan<byte> rest, out uint flags)
    {
        flags = 0;
        var verified = false;
        while (!rest.IsEmpty)
        {
            rest = rest[1..];
            var end = rest.IndexOf((byte)' ');
            var token = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[end..];
            if (token.IsEmpty)
            {
                continue;
            }

            switch (token[0])
            {
                case (byte)'f':
                    flags = ParseUInt32(token[1..]);
                    break;
                case (byte)'c':
                    operation.Cas = ParseUInt64(token[1..]);
                    break;
                case (byte)'O':
                    verified = ParseUInt32(token[1..]) == operation.Opaque
                        ? true
                        : throw new FormatException("it belongs to another request");
                    break;
            }
        }

        if (VerifyOpaque && !verified)
        {
            throw new FormatException("it does not carry the request's opaque token");
        }
    }

    // VALUE <key> <flags> <length> once for each hit, then END.
    private ReplyStep ReadBatchLine(Operation operation, ReadOnlySpan<byte> line, out Memory<byte> payload)
    {
        payload = default;
        if (line.SequenceEqual("END"u8))
        {
            operation.Code = ReplyCode.Ok;
            return ReplyStep.Done;
        }

        if (!line.StartsWith("VALUE "u8))
        {
            return ReadError(operation, line);
        }

        var rest = line[6..];
        var keyLength = rest.IndexOf((byte)' ');
        if (keyLength <= 0)
        {
            throw new FormatException("the line names no key");
        }

        var key = rest[..keyLength];
        rest = rest[(keyLength + 1)..];
        if (!Utf8Parser.TryParse(rest, out uint flags, out var read))
        {
            throw new FormatException("the flags are no number");
        }

        rest = rest[read..];
        var length = TakeLength(ref rest);
        payload = operation.ReceiveValue(key, flags, length);
        return ReplyStep.Payload;
    }

    private static ReplyStep ReadAnswer(Operation operation, ReadOnlySpan<byte> line)
    {
        operation.ReceiveLine(line);
        operation.Code = ReplyCode.Ok;
        return ReplyStep.Done;
    }

    private ReplyStep ReadTextLine(Operation operation, ReadOnlySpan<byte> line)
    {
        var isEnd = operation.Verb switch
        {
            Verb.Version => line.StartsWith("VERSION "u8),
            Verb.Flush => line.SequenceEqual("OK"u8),
            _ => line.SequenceEqual("END"u8) || line.SequenceEqual("RESET"u8),
        };
        if (!isEnd && (operation.Verb != Verb.Stats || !IsStatistic(line)))
        {
            return ReadError(operation, line);
        }

        if (!isEnd || operation.Verb == Verb.Version)
        {
            operation.ReceiveLine(line);
        }

        operation.Code = ReplyCode.Ok;
        return isEnd ? ReplyStep.Done : ReplyStep.More;
    }

    // STAT name value, and ITEM key [size; time] of "stats cachedump".
    private static bool IsStatistic(ReadOnlySpan<byte> line) => line.StartsWith("STAT "u8) || line.StartsWith("ITEM "u8);

    // An error is only taken as this operation's when the server is known to have swallowed the whole request.
    private ReplyStep ReadError(Operation operation, ReadOnlySpan<byte> line)
    {
        var framed = line.StartsWith("SERVER_ERROR "u8)
            || line.StartsWith("CLIENT_ERROR cannot increment or decrement non-numeric value"u8)
            || (operation is LinesOperation && (line.StartsWith("CLIENT_ERROR"u8) || line.SequenceEqual("ERROR"u8)));
        if (!framed)
        {
            throw new FormatException("it is no known reply");
        }

        var key = operation.Key.IsEmpty ? "" : $" of '{Encoding.UTF8.GetString(operation.Key)}'";
        operation.Failure = new MemcachedServerException(
            $"{server} refused {operation.Verb}{key}: {Encoding.Latin1.GetString(line)}.{Advice(line)}")
        {
            Server = server,
        };
        return ReplyStep.Done;
    }

    private static string Advice(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("too large"u8) >= 0)
        {
            return " The value is over the server's item size limit (option -I, 1 MiB by default): store less, or raise the limit.";
        }

        return line.IndexOf("non-numeric"u8) >= 0 ? " The value under the key is not a counter." : "";
    }

    private int TakeLength(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != ' ' || !Utf8Parser.TryParse(rest[1..], out uint length, out var read))
        {
            throw new FormatException("the length is no number");
        }

        if (length > (uint)maxValueLength)
        {
            throw new FormatException($"a value of {length} bytes is over the pool's limit of {maxValueLength}");
        }

        rest = rest[(1 + read)..];
        return rest.IsEmpty || rest[0] == ' ' ? (int)length : throw new FormatException("the length is no number");
    }

    private static uint ParseUInt32(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out uint value, out var read) && read == text.Length
            ? value
            : throw new FormatException("a flag's number cannot be read");

    private static ulong ParseUInt64(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out ulong value, out var read) && read == text.Length
            ? value
            : throw new FormatException("a flag's number cannot be read");
}

using System.Buffers.Text;
using System.Text;

namespace TypedCache.Protocol;

/// <summary>
/// Parses replies, line by line: those of multi-get and server commands, which both protocols share, and the others as
/// <see cref="Protocol"/> says. What does not fit its request throws <see cref="MemcachedProtocolException"/>: from there on the
/// stream cannot be trusted.
/// </summary>
/// <param name="server">The server's name, for messages.</param>
/// <param name="maxValueLength">The longest payload that is accepted, in bytes.</param>
internal sealed class ReplyReader(string server, int maxValueLength)
{
    // A VALUE line has a key of 250 bytes and three numbers; statistics and versions are shorter still.
    private const int MaxLineLength = 2048;

    private readonly int _maxValueLength = Math.Min(maxValueLength, Array.MaxLength);

    /// <summary>How requests for one key are answered. It changes at most once, before the first of them.</summary>
    public WireProtocol Protocol { get; set; } = MetaProtocol.Unverified;

    /// <summary>
    /// Reads one line of a request's reply. After <see cref="ReplyStep.Payload"/> the payload's bytes and CR LF follow in
    /// the stream; after them comes <see cref="AfterPayload"/>.
    /// </summary>
    public ReplyStep ReadLine(Request request, Reply reply, ReadOnlySpan<byte> input, out int consumed, out Memory<byte> payload)
    {
        payload = default;
        var end = input.IndexOf((byte)'\n');
        if (end < 0)
        {
            consumed = 0;
            return input.Length <= MaxLineLength ? ReplyStep.NeedMore : throw Mismatch(request, input, "the line has no end");
        }

        if (end > MaxLineLength)
        {
            throw Mismatch(request, input, "the line is too long");
        }

        if (end < 1 || input[end - 1] != '\r')
        {
            throw Mismatch(request, input[..end], "the line does not end with CR LF");
        }

        consumed = end + 1;
        var line = input[..(end - 1)];
        try
        {
            return request.Verb switch
            {
                Verb.GetBatch => ReadBatchLine(request, (BatchReply)reply, line, out payload),
                Verb.Handshake => ReadAnswer(reply, line),
                Verb.Replay => ((ReplayReply)reply).Read(line),
                _ when WireProtocol.IsServerCommand(request.Verb) => ReadTextLine(request, reply, line),
                _ => Protocol.ReadLine(this, request, reply, line, out payload),
            };
        }
        catch (FormatException exception)
        {
            throw Mismatch(request, line, exception.Message);
        }
    }

    /// <summary>What comes after a payload.</summary>
    public ReplyStep AfterPayload(Request request, Reply reply)
    {
        if (request.Verb == Verb.GetBatch)
        {
            return ReplyStep.More;
        }

        try
        {
            return Protocol.AfterPayload(request, reply);
        }
        catch (FormatException exception)
        {
            throw Mismatch(request, reply.Payload.WrittenSpan, exception.Message);
        }
    }

    /// <summary>The exception for bytes that are not a reply to the request.</summary>
    public MemcachedProtocolException Mismatch(Request request, ReadOnlySpan<byte> line, string reason)
    {
        var shown = Encoding.Latin1.GetString(Visible(request, line));
        return new MemcachedProtocolException(
            $"{server} answered '{shown}' to {request.Description}: {reason}. The connection is closed.")
        {
            Server = server,
        };
    }

    // Where a key may not be shown, no more than the first word, which none is.
    private static ReadOnlySpan<byte> Visible(Request request, ReadOnlySpan<byte> line)
    {
        var end = KeyTemplate.Cover(request.Template) is null ? line.Length : line.IndexOf((byte)' ');
        return line[..Math.Min(Math.Max(end, 0), 80)];
    }

    // VALUE <key> <flags> <length> [<cas>] once for each hit, then END.
    private ReplyStep ReadBatchLine(Request request, BatchReply reply, ReadOnlySpan<byte> line, out Memory<byte> payload)
    {
        payload = default;
        if (line.SequenceEqual("END"u8))
        {
            reply.Code = ReplyCode.Ok;
            return ReplyStep.Done;
        }

        if (!line.StartsWith("VALUE "u8))
        {
            return ReadError(request, reply, line, requestTaken: false);
        }

        reply.IsMixed = Protocol.MixesValues;
        payload = ReadValue(request, reply, line, out var rest);
        if (request.WantsCas)
        {
            reply.TakeCas(ParseCas(rest));
        }

        return ReplyStep.Payload;
    }

    /// <summary>Reads <c>VALUE key flags length</c> and makes room for the payload.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="reply">What takes the answer.</param>
    /// <param name="line">The line.</param>
    /// <param name="rest">What follows the length: the CAS number, where there is one.</param>
    /// <exception cref="FormatException">The line is malformed, or names another key.</exception>
    public Memory<byte> ReadValue(Request request, Reply reply, ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        rest = line["VALUE ".Length..];
        var keyLength = rest.IndexOf((byte)' ');
        if (keyLength <= 0)
        {
            throw new FormatException("the line names no key");
        }

        var key = rest[..keyLength];
        rest = rest[(keyLength + 1)..];
        if (!Utf8Parser.TryParse(rest, out uint flags, out var read))
        {
            throw new FormatException("the flags are not a number");
        }

        rest = rest[read..];
        var length = TakeLength(ref rest);
        return reply.ReceiveValue(request, key, flags, length);
    }

    private static ReplyStep ReadAnswer(Reply reply, ReadOnlySpan<byte> line)
    {
        reply.ReceiveLine(line);
        reply.Code = ReplyCode.Ok;
        return ReplyStep.Done;
    }

    private ReplyStep ReadTextLine(Request request, Reply reply, ReadOnlySpan<byte> line)
    {
        if (ServerCommand.EndsWithVersion(request))
        {
            return ReadGroupLine(request, reply, line);
        }

        var isEnd = request.Verb switch
        {
            Verb.Version => line.StartsWith("VERSION "u8),
            Verb.Flush => line.SequenceEqual("OK"u8),
            _ => line.SequenceEqual("END"u8),
        };
        if (!isEnd && (request.Verb != Verb.Stats || !line.StartsWith("STAT "u8)))
        {
            return ReadError(request, reply, line, requestTaken: true);
        }

        if (!isEnd || request.Verb == Verb.Version)
        {
            reply.ReceiveLine(line);
        }

        reply.Code = ReplyCode.Ok;
        return isEnd ? ReplyStep.Done : ReplyStep.More;
    }

    // Whatever comes before the version belongs to the group; a refusal does not end it. A server that refuses both questions has no more
    // to say.
    private ReplyStep ReadGroupLine(Request request, Reply reply, ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("VERSION "u8))
        {
            reply.Code = ReplyCode.Ok;
            return ReplyStep.Done;
        }

        if (line.StartsWith("CLIENT_ERROR"u8) || line.StartsWith("SERVER_ERROR"u8) || line.SequenceEqual("ERROR"u8))
        {
            return reply.Refusal is null && ReadError(request, reply, line, requestTaken: true) == ReplyStep.Done ? ReplyStep.More : ReplyStep.Done;
        }

        reply.ReceiveLine(line);
        return ReplyStep.More;
    }

    /// <summary>Reads a line that is not one of the known answers.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="reply">What takes the answer.</param>
    /// <param name="line">The line.</param>
    /// <param name="requestTaken">
    /// Whether the server has consumed the whole request even if it refused it. Only then does any error belong to this request, and
    /// what follows to the next one.
    /// </param>
    /// <exception cref="FormatException">It is not an error, or one after which the stream cannot be trusted.</exception>
    public ReplyStep ReadError(Request request, Reply reply, ReadOnlySpan<byte> line, bool requestTaken)
    {
        var framed = line.StartsWith("SERVER_ERROR "u8)
            || line.StartsWith("CLIENT_ERROR cannot increment or decrement non-numeric value"u8)
            || (requestTaken && (line.StartsWith("CLIENT_ERROR"u8) || line.SequenceEqual("ERROR"u8)));
        if (!framed)
        {
            throw new FormatException("it is not a known reply");
        }

        var answer = Encoding.Latin1.GetString(line);
        reply.Refusal = new MemcachedServerException($"{server} refused {request.Description}: {answer}.{Advice(line)}")
        {
            Server = server,
            IsValueTooLarge = SaysTooLarge(line),
            IsOutOfMemory = line.IndexOf("out of memory"u8) >= 0,
            IsOfServer = line.StartsWith("SERVER_ERROR"u8) && !SaysTooLarge(line) && line.IndexOf("not supported"u8) < 0,
            Answer = answer,
        };
        return ReplyStep.Done;
    }

    private static bool SaysTooLarge(ReadOnlySpan<byte> line) => line.IndexOf("too large"u8) >= 0;

    private static string Advice(ReadOnlySpan<byte> line)
    {
        if (SaysTooLarge(line))
        {
            return " The value is over the server's item size limit (option -I, 1 MiB by default): store less, or raise the limit.";
        }

        if (line.SequenceEqual("ERROR"u8))
        {
            return " The server does not know the command.";
        }

        return line.IndexOf("non-numeric"u8) >= 0 ? " The value under the key is not a counter." : "";
    }

    /// <summary>Takes a space and a payload's length.</summary>
    /// <exception cref="FormatException">There is none, or it is over the limit.</exception>
    public int TakeLength(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != ' ' || !Utf8Parser.TryParse(rest[1..], out uint length, out var read))
        {
            throw new FormatException("the length is not a number");
        }

        if (length > (uint)_maxValueLength)
        {
            throw new FormatException($"a value of {length} bytes is over the pool's limit of {_maxValueLength}");
        }

        rest = rest[(1 + read)..];
        return rest.IsEmpty || rest[0] == ' ' ? (int)length : throw new FormatException("the length is not a number");
    }

    /// <summary>Reads a text that is a number and nothing else.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static uint ParseUInt32(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out uint value, out var read) && read == text.Length
            ? value
            : throw new FormatException("the number of a flag cannot be read");

    /// <summary>Reads the CAS number behind a value's length.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static ulong ParseCas(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty ? throw new FormatException("the CAS number is missing") : ParseUInt64(rest[1..]);

    /// <inheritdoc cref="ParseUInt32"/>
    public static long ParseInt64(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long value, out var read) && read == text.Length
            ? value
            : throw new FormatException("the number of a flag cannot be read");

    /// <inheritdoc cref="ParseUInt32"/>
    public static ulong ParseUInt64(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out ulong value, out var read) && read == text.Length
            ? value
            : throw new FormatException("the number of a flag cannot be read");
}

namespace TypedCache.Protocol;

/// <summary>The meta protocol (memcached's protocol.txt, "Meta Commands").</summary>
/// <param name="verifyOpaque">
/// Whether the server echoes opaque tokens on every reply but errors (since 1.6.18), so that a reply without one is not valid.
/// </param>
/// <param name="comparesCas">Whether the server compares CAS numbers in reads (since 1.6.40).</param>
internal sealed class MetaProtocol(bool verifyOpaque, bool comparesCas) : WireProtocol
{
    /// <summary>For servers that do not echo opaque tokens on every reply.</summary>
    public static readonly MetaProtocol Unverified = new(verifyOpaque: false, comparesCas: false);

    /// <summary>For servers that do.</summary>
    public static readonly MetaProtocol Verified = new(verifyOpaque: true, comparesCas: false);

    /// <summary>For servers that, besides that, compare CAS numbers in reads.</summary>
    public static readonly MetaProtocol Comparing = new(verifyOpaque: true, comparesCas: true);

    public override bool ComparesCas => comparesCas;

    public override MemcachedServerException? Refuse(Request request) => null;

    public override void WriteLine(Request request, Reply reply, ref RequestWriter writer) => MetaRequest.Write(request, reply, comparesCas, ref writer);

    public override ReplyStep AfterPayload(Request request, Reply reply)
    {
        if (reply is CounterReply counter)
        {
            counter.ReceiveNumber(counter.Payload.WrittenSpan);
        }

        return End(request, reply);
    }

    public override ReplyStep ReadLine(ReplyReader reader, Request request, Reply reply, ReadOnlySpan<byte> line, out Memory<byte> payload)
    {
        payload = default;
        if (line.Length < 2)
        {
            throw new FormatException("it is not a known reply");
        }

        switch ((line[0] << 8) | line[1])
        {
            case ('V' << 8) | 'A':
                return ReadValueLine(reader, request, reply, line, out payload);
            case ('H' << 8) | 'D':
                return ReadCode(request, reply, line, ReplyCode.Ok);
            case ('E' << 8) | 'N':
                return ReadCode(request, reply, line, ReplyCode.Miss);
            case ('N' << 8) | 'F':
                return ReadCode(request, reply, line, ReplyCode.NotFound);
            case ('N' << 8) | 'S':
                return ReadCode(request, reply, line, ReplyCode.NotStored);
            case ('E' << 8) | 'X':
                return ReadCode(request, reply, line, ReplyCode.Exists);
            default:
                // Of a batch, the others are answered all the same.
                reader.ReadError(request, reply, line, requestTaken: false);
                return reply is CounterReply counter ? CountedPlaceholder.AfterError(counter, line) : End(request, reply);
        }
    }

    private static ReplyStep End(Request request, Reply reply) =>
        reply is CounterReply counter ? CountedPlaceholder.After(request, counter)
        : reply is not BatchReply batch ? SecondLook.Follows(request, reply) ? ReplyStep.Again : TouchedPlaceholder.After(request, reply)
        : batch.EndKey(request) ? ReplyStep.Done
        : ReplyStep.More;

    private ReplyStep ReadCode(Request request, Reply reply, ReadOnlySpan<byte> line, ReplyCode code)
    {
        if (line.Length > 2 && line[2] != ' ')
        {
            throw new FormatException("it is not a known reply");
        }

        if (!(reply is CounterReply counter ? CountedPlaceholder.Fits(counter.Turn, code) : Fits(request, code)))
        {
            throw new FormatException("it does not answer this operation");
        }

        ReadFlags(request, reply, line[2..], out var flags);
        reply.Flags = flags;
        reply.Code = request.Verb == Verb.GetNear && code == ReplyCode.Ok ? ReadUnchanged(request, reply) : code;
        return End(request, reply);
    }

    private static ReplyCode ReadUnchanged(Request request, Reply reply) =>
        reply.Cas == request.Cas ? ReplyCode.Unchanged : throw new FormatException("it has no value, and another CAS number than was asked about");

    // VA <length> <flags>*, then the payload.
    private ReplyStep ReadValueLine(ReplyReader reader, Request request, Reply reply, ReadOnlySpan<byte> line, out Memory<byte> payload)
    {
        if (!BringsValue(request.Verb) || reply is CounterReply { Turn: not CounterTurn.Count })
        {
            throw new FormatException("no value was asked for");
        }

        var rest = line[2..];
        var length = reader.TakeLength(ref rest);
        ReadFlags(request, reply, rest, out var flags);
        reply.Code = ReplyCode.Ok;
        payload = reply.ReceiveValue(request, default, flags, length);
        return ReplyStep.Payload;
    }

    private static bool BringsValue(Verb verb) =>
        verb is Verb.Get or Verb.GetNear or Verb.GetAndTouch or Verb.GetItem or Verb.GetOrLease or Verb.GetNearBatch or Verb.GetOrLeaseBatch or Verb.Increment or Verb.Decrement;

    private bool Fits(Request request, ReplyCode code) => request.Verb switch
    {
        Verb.GetNear => code == ReplyCode.Miss || (code == ReplyCode.Ok && MetaRequest.Compares(request, comparesCas)),
        Verb.Get or Verb.GetAndTouch or Verb.GetItem or Verb.GetOrLease or Verb.GetNearBatch or Verb.GetOrLeaseBatch => code == ReplyCode.Miss,
        Verb.Exists or Verb.Inspect or Verb.InspectItem or Verb.Touch => code is ReplyCode.Ok or ReplyCode.Miss,
        Verb.Set => code == ReplyCode.Ok,
        Verb.Add or Verb.Replace or Verb.Append or Verb.Prepend => code is ReplyCode.Ok or ReplyCode.NotStored,
        Verb.CompareAndSet => code is ReplyCode.Ok or ReplyCode.Exists or ReplyCode.NotFound,
        Verb.Delete => code is ReplyCode.Ok or ReplyCode.NotFound,
        Verb.Invalidate or Verb.Release => code is ReplyCode.Ok or ReplyCode.NotFound or ReplyCode.Exists,
        _ => false,
    };

    private void ReadFlags(Request request, Reply reply, ReadOnlySpan<byte> rest, out uint flags)
    {
        flags = 0;
        var verified = false;
        var opaque = request.OpaqueOf(reply.Answered);
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
                    flags = ReplyReader.ParseUInt32(token[1..]);
                    break;
                case (byte)'c':
                    reply.Cas = ReplyReader.ParseUInt64(token[1..]);
                    break;
                case (byte)'s':
                    reply.Size = ReplyReader.ParseUInt32(token[1..]);
                    break;
                case (byte)'t':
                    reply.TimeLeft = ReplyReader.ParseInt64(token[1..]);
                    reply.SaysTimeLeft = true;
                    break;
                case (byte)'W':
                    reply.Marks |= LeaseMarks.Won;
                    break;
                case (byte)'Z':
                    reply.Marks |= LeaseMarks.Taken;
                    break;
                case (byte)'X':
                    reply.Marks |= LeaseMarks.Invalidated;
                    break;
                case (byte)'O':
                    verified = ReplyReader.ParseUInt32(token[1..]) == opaque
                        ? true
                        : throw new FormatException("it belongs to another request");
                    break;
            }
        }

        if (verifyOpaque && !verified)
        {
            throw new FormatException("it does not carry the request's opaque token");
        }
    }
}

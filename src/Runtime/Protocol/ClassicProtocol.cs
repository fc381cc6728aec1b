namespace TypedCache.Protocol;

/// <summary>
/// The classic protocol, for servers older than 1.6.10 and for proxies. Replies carry no opaque token; values are verified by the
/// key that they name.
/// </summary>
/// <param name="server">The server's name, for messages.</param>
/// <param name="isProxy">Whether it is a proxy, which closes the connection on commands it does not know.</param>
internal sealed class ClassicProtocol(string server, bool isProxy) : WireProtocol
{
    // A proxy collects them from its servers.
    public override bool MixesValues => isProxy;

    public override MemcachedServerException? Refuse(Request request)
    {
        if (!isProxy)
        {
            return null;
        }

        var fix = request.Verb switch
        {
            Verb.GetAndTouch => "Read the value and touch it in two steps, or connect to the servers behind it.",
            Verb.Version or Verb.Stats or Verb.Flush => "Connect to the servers behind it.",
            _ => null,
        };
        return fix is null ? null : new MemcachedServerException(
            $"{server} is a proxy, which cannot pass on {request.Description}. {fix}")
        {
            Server = server,
        };
    }

    public override void WriteLine(Request request, Reply reply, ref RequestWriter writer) => ClassicRequest.Write(request, reply, ref writer);

    public override ReplyStep ReadLine(ReplyReader reader, Request request, Reply reply, ReadOnlySpan<byte> line, out Memory<byte> payload)
    {
        payload = default;
        if (line.StartsWith("VALUE "u8))
        {
            payload = reply is BatchReply batch ? ReadValue(reader, request, batch, line) : ReadValue(reader, request, reply, line);
            return ReplyStep.Payload;
        }

        if (reply is CounterReply { Turn: CounterTurn.Count } counter && line is [>= (byte)'0' and <= (byte)'9', ..])
        {
            counter.ReceiveNumber(line);
            counter.Code = ReplyCode.Ok;
            return ReplyStep.Done;
        }

        var code = ReadCode(request, reply, line);
        if (code == ReplyCode.None)
        {
            return reader.ReadError(request, reply, line, requestTaken: !HasPayload(request.Verb) && reply is not CounterReply { Turn: CounterTurn.Create });
        }

        reply.Code = code;
        return reply is CounterReply counted && request.Initial is { } initial ? AfterCounterCode(counted, initial)
            : SecondLook.Follows(request, reply) ? ReplyStep.Again
            : ReplyStep.Done;
    }

    // END follows a value.
    public override ReplyStep AfterPayload(Request request, Reply reply) => ReplyStep.More;

    private static Memory<byte> ReadValue(ReplyReader reader, Request request, Reply reply, ReadOnlySpan<byte> line)
    {
        if (!IsRead(request.Verb))
        {
            throw new FormatException("no value was asked for");
        }

        if (reply.Code != ReplyCode.None)
        {
            throw new FormatException("there was a value already");
        }

        var payload = reader.ReadValue(request, reply, line, out var rest);
        if (request.AsksForCas)
        {
            reply.Cas = ReplyReader.ParseCas(rest);
        }

        reply.Code = ReplyCode.Ok;
        return payload;
    }

    private Memory<byte> ReadValue(ReplyReader reader, Request request, BatchReply reply, ReadOnlySpan<byte> line)
    {
        reply.IsMixed = isProxy;
        var payload = reader.ReadValue(request, reply, line, out var rest);
        reply.TakeCas(ReplyReader.ParseCas(rest));
        return payload;
    }

    private static bool IsRead(Verb verb) =>
        verb is Verb.Get or Verb.GetNear or Verb.GetAndTouch or Verb.GetItem or Verb.GetOrLease or Verb.Exists or Verb.Inspect or Verb.InspectItem;

    // None: it is not an answer to the request.
    private static ReplyCode ReadCode(Request request, Reply reply, ReadOnlySpan<byte> line) => request.Verb switch
    {
        var verb when IsRead(verb) && line.SequenceEqual("END"u8) =>
            reply.Code == ReplyCode.Ok ? ReplyCode.Ok : ReplyCode.Miss,
        Verb.GetNearBatch or Verb.GetOrLeaseBatch when line.SequenceEqual("END"u8) => ReplyCode.Ok,
        Verb.Set or Verb.Add or Verb.Replace or Verb.Append or Verb.Prepend or Verb.CompareAndSet => ReadStoreCode(request.Verb, line),
        Verb.Touch when line.SequenceEqual("TOUCHED"u8) => ReplyCode.Ok,
        Verb.Delete or Verb.Invalidate or Verb.Release when line.SequenceEqual("DELETED"u8) => ReplyCode.Ok,
        Verb.Touch or Verb.Delete or Verb.Invalidate or Verb.Release when line.SequenceEqual("NOT_FOUND"u8) => ReplyCode.NotFound,
        Verb.Increment or Verb.Decrement when ((CounterReply)reply).Turn == CounterTurn.Create => ReadStoreCode(Verb.Add, line),
        Verb.Increment or Verb.Decrement when line.SequenceEqual("NOT_FOUND"u8) => ReplyCode.NotFound,
        _ => ReplyCode.None,
    };

    private static ReplyCode ReadStoreCode(Verb verb, ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("STORED"u8))
        {
            return ReplyCode.Ok;
        }

        return verb switch
        {
            Verb.Add or Verb.Replace or Verb.Append or Verb.Prepend when line.SequenceEqual("NOT_STORED"u8) => ReplyCode.NotStored,
            Verb.CompareAndSet when line.SequenceEqual("EXISTS"u8) => ReplyCode.Exists,
            Verb.CompareAndSet when line.SequenceEqual("NOT_FOUND"u8) => ReplyCode.NotFound,
            _ => ReplyCode.None,
        };
    }

    // No counter: create it. Somebody else was faster: count. Each further turn takes another client's delete or add in between.
    private static ReplyStep AfterCounterCode(CounterReply reply, ulong initial)
    {
        var isCreated = reply.Turn == CounterTurn.Create;
        if (isCreated && reply.Code == ReplyCode.Ok)
        {
            reply.ReceiveInitial(initial);
            return ReplyStep.Done;
        }

        reply.Turn = isCreated ? CounterTurn.Count : CounterTurn.Create;
        return ReplyStep.Again;
    }
}

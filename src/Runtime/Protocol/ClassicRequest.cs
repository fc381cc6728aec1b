using System.Buffers.Text;

namespace TypedCache.Protocol;

/// <summary>Requests for one key as lines of the classic protocol (memcached's protocol.txt, "Storage commands" and what follows).</summary>
internal static class ClassicRequest
{
    // Proxies take no negative times; this one is in the past, and beyond what is read as relative.
    private const long AlreadyExpired = CacheExpiry.MaxRelativeSeconds + 1;

    private const int LongestNumber = 20;

    /// <summary>Writes the line of a request. A payload, where there is one, follows it, and then CR LF.</summary>
    public static void Write(Request request, Reply reply, ref RequestWriter writer)
    {
        switch (request.Verb)
        {
            case Verb.Get:
            case Verb.GetNear:
            case Verb.GetItem:
            case Verb.GetOrLease:
            case Verb.Exists:
            case Verb.Inspect:
            case Verb.InspectItem:
                WriteKeyed(request.AsksForCas ? "gets "u8 : "get "u8, request, ref writer);
                break;
            case Verb.GetNearBatch:
            case Verb.GetOrLeaseBatch:
                writer.Write("gets"u8);
                writer.Write(request.Keys!.Text);
                break;
            case Verb.GetAndTouch:
                writer.Write(request.WantsCas ? "gats "u8 : "gat "u8);
                writer.Write(Expiry(request));
                WriteKeyed(" "u8, request, ref writer);
                break;
            case Verb.Touch:
                WriteKeyed("touch "u8, request, ref writer);
                WriteNumber(Expiry(request), ref writer);
                break;
            case Verb.Delete:
            case Verb.Invalidate:
            case Verb.Release:
                WriteKeyed("delete "u8, request, ref writer);
                break;
            case Verb.Increment:
            case Verb.Decrement:
                WriteArithmetic(request, (CounterReply)reply, ref writer);
                break;
            default:
                WriteStore(request, ref writer);
                break;
        }

        writer.EndLine();
    }

    private static void WriteStore(Request request, ref RequestWriter writer)
    {
        WriteKeyed(Command(request.Verb), request, ref writer);
        WriteNumber(request.Flags, ref writer);
        WriteNumber(Expiry(request), ref writer);
        WriteNumber(request.Payload.Length, ref writer);
        if (request.Verb == Verb.CompareAndSet)
        {
            writer.Write(" "u8);
            writer.Write(request.Cas);
        }
    }

    private static ReadOnlySpan<byte> Command(Verb verb) => verb switch
    {
        Verb.Add => "add "u8,
        Verb.Replace => "replace "u8,
        Verb.Append => "append "u8,
        Verb.Prepend => "prepend "u8,
        Verb.CompareAndSet => "cas "u8,
        _ => "set "u8,
    };

    private static void WriteArithmetic(Request request, CounterReply reply, ref RequestWriter writer)
    {
        if (reply.Turn == CounterTurn.Create)
        {
            WriteCreation(request, ref writer);
            return;
        }

        WriteKeyed(request.Verb == Verb.Increment ? "incr "u8 : "decr "u8, request, ref writer);
        writer.Write(" "u8);
        writer.Write(request.Delta);
    }

    private static void WriteCreation(Request request, ref RequestWriter writer)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(request.Initial!.Value, digits, out var length);
        WriteKeyed("add "u8, request, ref writer);
        WriteNumber(0, ref writer);
        WriteNumber(Expiry(request), ref writer);
        WriteNumber(length, ref writer);
        writer.EndLine();
        writer.Write(digits[..length]);
    }

    private static void WriteKeyed(ReadOnlySpan<byte> command, Request request, ref RequestWriter writer)
    {
        writer.Write(command);
        writer.Write(request.Key);
    }

    private static void WriteNumber(long number, ref RequestWriter writer)
    {
        writer.Write(" "u8);
        writer.Write(number);
    }

    private static long Expiry(Request request) => request.WireExpiry is var expiry and >= 0 ? expiry : AlreadyExpired;
}

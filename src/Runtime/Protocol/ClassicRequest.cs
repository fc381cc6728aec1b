using System.Buffers.Text;

namespace TypedCache.Protocol;

/// <summary>Operations on one key as lines of the classic protocol (memcached's protocol.txt, "Storage commands" and what follows).</summary>
internal static class ClassicRequest
{
    // Proxies take no negative times; this one is in the past, and beyond what is read as relative.
    private const long AlreadyExpired = CacheExpiry.MaxRelativeSeconds + 1;

    private const int LongestNumber = 20;

    /// <summary>Writes the line of a request. A payload, where there is one, follows it, and then CR LF.</summary>
    public static void Write(Operation operation, ref RequestWriter writer)
    {
        switch (operation.Verb)
        {
            case Verb.Get:
            case Verb.GetOrLease:
            case Verb.Exists:
                WriteKeyed(operation.WantsCas ? "gets "u8 : "get "u8, operation, ref writer);
                break;
            case Verb.GetAndTouch:
                writer.Write(operation.WantsCas ? "gats "u8 : "gat "u8);
                writer.Write(Expiry(operation));
                WriteKeyed(" "u8, operation, ref writer);
                break;
            case Verb.Touch:
                WriteKeyed("touch "u8, operation, ref writer);
                WriteNumber(Expiry(operation), ref writer);
                break;
            case Verb.Delete:
            case Verb.Invalidate:
            case Verb.Release:
                WriteKeyed("delete "u8, operation, ref writer);
                break;
            case Verb.Increment:
            case Verb.Decrement:
                WriteArithmetic((CounterOperation)operation, ref writer);
                break;
            default:
                WriteStore(operation, ref writer);
                break;
        }

        writer.EndLine();
    }

    private static void WriteStore(Operation operation, ref RequestWriter writer)
    {
        WriteKeyed(Command(operation.Verb), operation, ref writer);
        WriteNumber(operation.Flags, ref writer);
        WriteNumber(Expiry(operation), ref writer);
        WriteNumber(operation.Payload.Length, ref writer);
        if (operation.Verb == Verb.CompareAndSet)
        {
            writer.Write(" "u8);
            writer.Write(operation.Cas);
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

    private static void WriteArithmetic(CounterOperation operation, ref RequestWriter writer)
    {
        if (operation.Creates)
        {
            WriteCreation(operation, ref writer);
            return;
        }

        WriteKeyed(operation.Verb == Verb.Increment ? "incr "u8 : "decr "u8, operation, ref writer);
        writer.Write(" "u8);
        writer.Write(operation.Delta);
    }

    private static void WriteCreation(CounterOperation operation, ref RequestWriter writer)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(operation.Initial!.Value, digits, out var length);
        WriteKeyed("add "u8, operation, ref writer);
        WriteNumber(0, ref writer);
        WriteNumber(Expiry(operation), ref writer);
        WriteNumber(length, ref writer);
        writer.EndLine();
        writer.Write(digits[..length]);
    }

    private static void WriteKeyed(ReadOnlySpan<byte> command, Operation operation, ref RequestWriter writer)
    {
        writer.Write(command);
        writer.Write(operation.Key);
    }

    private static void WriteNumber(long number, ref RequestWriter writer)
    {
        writer.Write(" "u8);
        writer.Write(number);
    }

    private static long Expiry(Operation operation) => operation.Expiry < 0 ? AlreadyExpired : operation.Expiry;
}

namespace TypedCache.Protocol;

/// <summary>
/// Operations as lines of the meta protocol (memcached's protocol.txt, "Meta Commands"). A payload, where there is one,
/// follows the line, and then CR LF.
/// </summary>
internal static class MetaRequest
{
    /// <summary>Writes the line of a request for one key.</summary>
    public static void Write(Operation operation, ref RequestWriter writer)
    {
        switch (operation.Verb)
        {
            case Verb.Get:
                WriteGet(operation, ref writer, " v f"u8);
                break;
            case Verb.GetAndTouch:
                WriteGet(operation, ref writer, " v f"u8);
                WriteExpiry(operation, ref writer);
                break;
            case Verb.GetOrLease:
                WriteGet(operation, ref writer, " v f"u8);
                WriteLease(operation, ref writer);
                break;
            case Verb.Exists:
                WriteGet(operation, ref writer, " s f"u8);
                break;
            case Verb.Touch:
                WriteGet(operation, ref writer, " s f"u8);
                WriteExpiry(operation, ref writer);
                break;
            case Verb.Delete:
            case Verb.Invalidate:
            case Verb.Release:
                WriteDelete(operation, ref writer);
                break;
            case Verb.Increment:
            case Verb.Decrement:
                WriteArithmetic(operation, ref writer);
                break;
            default:
                WriteStore(operation, ref writer);
                break;
        }

        writer.WriteFlag((byte)'O', operation.Opaque);
        writer.EndLine();
    }

    private static void WriteGet(Operation operation, ref RequestWriter writer, ReadOnlySpan<byte> flags)
    {
        writer.Write("mg "u8);
        writer.Write(operation.Key);
        writer.Write(flags);
        if (operation.WantsCas)
        {
            writer.WriteFlag((byte)'c');
        }
    }

    private static void WriteLease(Operation operation, ref RequestWriter writer)
    {
        if (operation.RefreshWithin != 0)
        {
            writer.WriteFlag((byte)'R', operation.RefreshWithin);
        }

        writer.WriteFlag((byte)'N', operation.LeaseSeconds);
    }

    // Without T an item which is invalidated keeps its expiry.
    private static void WriteDelete(Operation operation, ref RequestWriter writer)
    {
        writer.Write("md "u8);
        writer.Write(operation.Key);
        if (operation.Cas != 0)
        {
            writer.WriteFlag((byte)'C', operation.Cas);
        }

        if (operation.Verb == Verb.Invalidate)
        {
            writer.WriteFlag((byte)'I');
            if (operation.Expiry != 0)
            {
                WriteExpiry(operation, ref writer);
            }
        }
    }

    private static void WriteExpiry(Operation operation, ref RequestWriter writer)
    {
        writer.WriteFlag((byte)'T');
        writer.Write(operation.Expiry);
    }

    private static void WriteStore(Operation operation, ref RequestWriter writer)
    {
        writer.Write("ms "u8);
        writer.Write(operation.Key);
        writer.Write(" "u8);
        writer.Write((ulong)operation.Payload.Length);
        if (operation.Flags != 0)
        {
            writer.WriteFlag((byte)'F', operation.Flags);
        }

        if (operation.Expiry != 0)
        {
            WriteExpiry(operation, ref writer);
        }

        if (operation.Verb == Verb.CompareAndSet)
        {
            writer.WriteFlag((byte)'C', operation.Cas);
        }

        writer.Write(Mode(operation.Verb));
    }

    private static ReadOnlySpan<byte> Mode(Verb verb) => verb switch
    {
        Verb.Add => " ME"u8,
        Verb.Replace => " MR"u8,
        Verb.Append => " MA"u8,
        Verb.Prepend => " MP"u8,
        _ => default,
    };

    private static void WriteArithmetic(Operation operation, ref RequestWriter writer)
    {
        writer.Write("ma "u8);
        writer.Write(operation.Key);
        writer.Write(" v"u8);
        writer.WriteFlag((byte)'D', operation.Delta);
        if (operation.Verb == Verb.Decrement)
        {
            writer.Write(" MD"u8);
        }

        if (operation.Initial is { } initial)
        {
            writer.WriteFlag((byte)'N');
            writer.Write(operation.Expiry);
            writer.WriteFlag((byte)'J', initial);
        }
    }
}

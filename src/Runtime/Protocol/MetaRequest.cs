namespace TypedCache.Protocol;

/// <summary>
/// Requests as lines of the meta protocol (memcached's protocol.txt, "Meta Commands"). A payload, where there is one,
/// follows the line, and then CR LF.
/// </summary>
internal static class MetaRequest
{
    /// <summary>For a key of a batch, everything but the key.</summary>
    public const int MaxLengthInBatch = 64;

    /// <summary>Whether a read asks for its value only if that has another CAS number.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="comparesCas">Whether the server compares CAS numbers in reads.</param>
    public static bool Compares(Request request, bool comparesCas) => comparesCas && request is { Verb: Verb.GetNear, Cas: not 0 };

    /// <summary>Writes the line of a request for one key, or a line for each key of a batch.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="reply">How far the reply has come, if it takes several requests.</param>
    /// <param name="comparesCas">Whether the server compares CAS numbers in reads.</param>
    /// <param name="writer">Where the lines go.</param>
    public static void Write(Request request, Reply reply, bool comparesCas, ref RequestWriter writer)
    {
        if (request.Keys is { } keys)
        {
            WriteBatch(request, keys, ref writer);
            return;
        }

        switch (request.Verb)
        {
            case Verb.Get:
                WriteGet(request, request.Key, ref writer, " v f"u8);
                break;
            case Verb.GetNear:
                WriteGet(request, request.Key, ref writer, " v f t"u8);
                WriteComparison(request, comparesCas, ref writer);
                break;
            case Verb.GetItem:
                WriteGet(request, request.Key, ref writer, " v f t"u8);
                break;
            case Verb.InspectItem:
                WriteGet(request, request.Key, ref writer, " s f t"u8);
                break;
            case Verb.GetAndTouch:
                WriteGet(request, request.Key, ref writer, " v f"u8);
                WriteTouch(request, reply, ref writer);
                break;
            case Verb.GetOrLease:
                WriteGet(request, request.Key, ref writer, " v f"u8);
                WriteLease(request, ref writer);
                break;
            case Verb.Exists:
            case Verb.Inspect:
                WriteGet(request, request.Key, ref writer, " s f"u8);
                break;
            case Verb.Touch:
                WriteGet(request, request.Key, ref writer, " s f"u8);
                WriteTouch(request, reply, ref writer);
                break;
            case Verb.Delete:
            case Verb.Invalidate:
            case Verb.Release:
                WriteDelete(request, request.Cas, ref writer);
                break;
            case Verb.Increment:
            case Verb.Decrement:
                WriteCount(request, (CounterReply)reply, ref writer);
                break;
            default:
                WriteStore(request, ref writer);
                break;
        }

        writer.WriteFlag((byte)'O', request.Opaque);
        writer.EndLine();
    }

    private static void WriteBatch(Request request, KeyList keys, ref RequestWriter writer)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (request.Verb == Verb.GetNearBatch)
            {
                WriteGet(request, keys[i], ref writer, " v f t"u8);
            }
            else
            {
                WriteGet(request, keys[i], ref writer, " v f"u8);
                WriteLease(request, ref writer);
            }

            writer.WriteFlag((byte)'O', request.OpaqueOf(i));
            writer.EndLine();
        }
    }

    private static void WriteGet(Request request, ReadOnlySpan<byte> key, ref RequestWriter writer, ReadOnlySpan<byte> flags)
    {
        writer.Write("mg "u8);
        writer.Write(key);
        writer.Write(flags);
        if (request.AsksForCas)
        {
            writer.WriteFlag((byte)'c');
        }
    }

    private static void WriteComparison(Request request, bool comparesCas, ref RequestWriter writer)
    {
        if (Compares(request, comparesCas))
        {
            writer.WriteFlag((byte)'C', request.Cas);
        }
    }

    private static void WriteLease(Request request, ref RequestWriter writer)
    {
        if (request.WantsTimeLeft)
        {
            writer.WriteFlag((byte)'t');
        }

        if (request.Limit is { } limit)
        {
            // What lives for so short has no time in which it is stale: it would be refreshed all the time.
            writer.WriteFlag((byte)'N', (ulong)Math.Min(request.LeaseSeconds, limit.Seconds));
            return;
        }

        if (request.RefreshWithin != 0)
        {
            writer.WriteFlag((byte)'R', request.RefreshWithin);
        }

        writer.WriteFlag((byte)'N', request.LeaseSeconds);
    }

    // Before T, t is the time that was left until then.
    private static void WriteTouch(Request request, Reply reply, ref RequestWriter writer)
    {
        writer.WriteFlag((byte)'t');
        writer.WriteFlag((byte)'T');
        writer.Write(reply.RestoredExpiry ?? request.WireExpiry);
    }

    // Without T an invalidated item keeps its expiry.
    private static void WriteDelete(Request request, ulong cas, ref RequestWriter writer)
    {
        writer.Write("md "u8);
        writer.Write(request.Key);
        if (cas != 0)
        {
            writer.WriteFlag((byte)'C', cas);
        }

        if (request.Verb == Verb.Invalidate)
        {
            writer.WriteFlag((byte)'I');
            if (request.Expiry != 0)
            {
                WriteExpiry(request, ref writer);
            }
        }
    }

    private static void WriteExpiry(Request request, ref RequestWriter writer)
    {
        writer.WriteFlag((byte)'T');
        writer.Write(request.WireExpiry);
    }

    private static void WriteStore(Request request, ref RequestWriter writer)
    {
        writer.Write("ms "u8);
        writer.Write(request.Key);
        writer.Write(" "u8);
        writer.Write((ulong)request.Payload.Length);
        if (request.Flags != 0)
        {
            writer.WriteFlag((byte)'F', request.Flags);
        }

        if (request.WireExpiry != 0)
        {
            WriteExpiry(request, ref writer);
        }

        if (request.Verb == Verb.CompareAndSet)
        {
            writer.WriteFlag((byte)'C', request.Cas);
        }

        writer.Write(Mode(request.Verb));
    }

    private static ReadOnlySpan<byte> Mode(Verb verb) => verb switch
    {
        Verb.Add => " ME"u8,
        Verb.Replace => " MR"u8,
        Verb.Append => " MA"u8,
        Verb.Prepend => " MP"u8,
        _ => default,
    };

    private static void WriteCount(Request request, CounterReply reply, ref RequestWriter writer)
    {
        switch (reply.Turn)
        {
            case CounterTurn.Look:
                WriteGet(request, request.Key, ref writer, " s f c"u8);
                break;
            case CounterTurn.Release:
                WriteDelete(request, reply.Cas, ref writer);
                break;
            default:
                WriteArithmetic(request, ref writer);
                break;
        }
    }

    private static void WriteArithmetic(Request request, ref RequestWriter writer)
    {
        writer.Write("ma "u8);
        writer.Write(request.Key);
        writer.Write(" v"u8);
        writer.WriteFlag((byte)'D', request.Delta);
        if (request.Verb == Verb.Decrement)
        {
            writer.Write(" MD"u8);
        }

        if (request.Initial is { } initial)
        {
            writer.WriteFlag((byte)'N');
            writer.Write(request.WireExpiry);
            writer.WriteFlag((byte)'J', initial);
        }
    }
}

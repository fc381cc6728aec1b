namespace TypedCache.Embedded;

/// <summary>The classic text commands on items (proto_text.c of memcached 1.6.18).</summary>
internal sealed class ClassicCommands(EmbeddedStore store, PendingPayload payload)
{
    /// <summary>Answers a command, or returns false if it is not one of these.</summary>
    public bool TryExecute(in CommandLine line, ReplyBuffer reply)
    {
        switch (line[0])
        {
            case var name when name.SequenceEqual("get"u8) || name.SequenceEqual("bget"u8):
                Get(line, withCas: false, reply);
                return true;
            case var name when name.SequenceEqual("gets"u8):
                Get(line, withCas: true, reply);
                return true;
            case var name when name.SequenceEqual("gat"u8):
                GetAndTouch(line, withCas: false, reply);
                return true;
            case var name when name.SequenceEqual("gats"u8):
                GetAndTouch(line, withCas: true, reply);
                return true;
            case var name when TryGetMode(name, out var mode):
                BeginSet(line, mode, reply);
                return true;
            case var name when name.SequenceEqual("incr"u8):
                AddDelta(line, increment: true, reply);
                return true;
            case var name when name.SequenceEqual("decr"u8):
                AddDelta(line, increment: false, reply);
                return true;
            case var name when name.SequenceEqual("delete"u8):
                Delete(line, reply);
                return true;
            case var name when name.SequenceEqual("touch"u8):
                Touch(line, reply);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Stores the block that a command waited for.</summary>
    public void CompleteSet(ReplyBuffer reply)
    {
        var result = store.Store(payload.Item, payload.Mode, keepStale: false, out _);
        Answer(reply, payload.Quiet, result switch
        {
            StoreResult.Stored => "STORED"u8,
            StoreResult.Exists => "EXISTS"u8,
            StoreResult.NotFound => "NOT_FOUND"u8,
            _ => "NOT_STORED"u8,
        });
    }

    private static bool TryGetMode(ReadOnlySpan<byte> name, out StoreMode mode)
    {
        mode = name switch
        {
            _ when name.SequenceEqual("add"u8) => StoreMode.Add,
            _ when name.SequenceEqual("replace"u8) => StoreMode.Replace,
            _ when name.SequenceEqual("append"u8) => StoreMode.Append,
            _ when name.SequenceEqual("prepend"u8) => StoreMode.Prepend,
            _ when name.SequenceEqual("cas"u8) => StoreMode.Cas,
            _ => StoreMode.Set,
        };
        return mode != StoreMode.Set || name.SequenceEqual("set"u8);
    }

    private static void Answer(ReplyBuffer reply, bool quiet, ReadOnlySpan<byte> text)
    {
        if (!quiet)
        {
            reply.WriteLine(text);
        }
    }

    // The form of incr, decr and touch: key, one argument, and perhaps noreply.
    private static bool TryReadKeyAndArgument(in CommandLine line, ReplyBuffer reply, out bool quiet)
    {
        quiet = false;
        if (line.Count is not (3 or 4))
        {
            reply.WriteLine("ERROR"u8);
            return false;
        }

        quiet = line.NoReply;
        if (line[1].Length > EmbeddedStore.MaxKeyLength)
        {
            Answer(reply, quiet, "CLIENT_ERROR bad command line format"u8);
            return false;
        }

        return true;
    }

    private void Get(in CommandLine line, bool withCas, ReplyBuffer reply)
    {
        if (line.Count < 2)
        {
            reply.WriteLine("ERROR"u8);
            return;
        }

        WriteItems(line.WordsFrom(1), withCas, touchTo: null, reply);
    }

    private void GetAndTouch(in CommandLine line, bool withCas, ReplyBuffer reply)
    {
        if (line.Count < 2)
        {
            reply.WriteLine("ERROR"u8);
        }
        else if (!AsciiNumber.TryParse(line[1], out int expiry))
        {
            reply.WriteLine("CLIENT_ERROR invalid exptime argument"u8);
        }
        else
        {
            WriteItems(line.WordsFrom(2), withCas, store.ToSecond(expiry), reply);
        }
    }

    private void WriteItems(WordReader keys, bool withCas, uint? touchTo, ReplyBuffer reply)
    {
        var start = reply.Length;
        while (keys.MoveNext())
        {
            if (keys.Current.Length > EmbeddedStore.MaxKeyLength)
            {
                reply.CutBackTo(start);
                reply.WriteLine("CLIENT_ERROR bad command line format"u8);
                return;
            }

            var item = store.Find(keys.Current);
            CountGet(item is not null, touchTo is not null);
            if (item is null)
            {
                continue;
            }

            store.NoteRead(item);
            item.ExpiresAt = touchTo ?? item.ExpiresAt;
            WriteItem(item, withCas, reply);
        }

        reply.WriteLine("END"u8);
    }

    private static void WriteItem(EmbeddedItem item, bool withCas, ReplyBuffer reply)
    {
        reply.Write("VALUE "u8);
        reply.Write(item.Key);
        reply.Write((byte)' ');
        reply.Write((ulong)item.Flags);
        reply.Write((byte)' ');
        reply.Write((ulong)item.Value.Length);
        if (withCas)
        {
            reply.Write((byte)' ');
            reply.Write(item.Cas);
        }

        reply.Write("\r\n"u8);
        reply.WriteLine(item.Value);
    }

    private void CountGet(bool hit, bool touch)
    {
        var counters = store.Counters;
        if (touch)
        {
            counters.TouchCommands++;
            counters.TouchHits += hit ? 1 : 0;
            counters.TouchMisses += hit ? 0 : 1;
        }
        else
        {
            counters.GetCommands++;
            counters.GetHits += hit ? 1 : 0;
            counters.GetMisses += hit ? 0 : 1;
        }
    }

    private void BeginSet(in CommandLine line, StoreMode mode, ReplyBuffer reply)
    {
        var words = mode == StoreMode.Cas ? 6 : 5;
        if (line.Count != words && line.Count != words + 1)
        {
            reply.WriteLine("ERROR"u8);
            return;
        }

        var quiet = line.NoReply;
        ulong cas = 0;
        if (line[1].Length > EmbeddedStore.MaxKeyLength
            || !AsciiNumber.TryParse(line[2], out uint flags)
            || !AsciiNumber.TryParse(line[3], out int expiry)
            || !AsciiNumber.TryParse(line[4], out int length)
            || (mode == StoreMode.Cas && !AsciiNumber.TryParse(line[5], out cas))
            || length is < 0 or > int.MaxValue - 2)
        {
            Answer(reply, quiet, "CLIENT_ERROR bad command line format"u8);
            return;
        }

        if (!store.Fits(line[1].Length, flags, length))
        {
            RefuseTooLarge(line[1], mode, length, quiet, reply);
            return;
        }

        var item = new EmbeddedItem(line[1].ToArray(), GC.AllocateUninitializedArray<byte>(length))
        {
            Flags = flags,
            ExpiresAt = store.ToSecond(expiry),
            Cas = cas,
        };
        payload.Begin(item, mode, quiet);
    }

    private void RefuseTooLarge(ReadOnlySpan<byte> key, StoreMode mode, int length, bool quiet, ReplyBuffer reply)
    {
        Answer(reply, quiet, "SERVER_ERROR object too large for cache"u8);
        store.Counters.StoreTooLarge++;
        payload.BeginSwallow(length);
        if (mode == StoreMode.Set)
        {
            // An old value must not outlive the attempt to replace it.
            store.Delete(key);
        }
    }

    private void AddDelta(in CommandLine line, bool increment, ReplyBuffer reply)
    {
        if (!TryReadKeyAndArgument(line, reply, out var quiet))
        {
            return;
        }

        if (!AsciiNumber.TryParse(line[2], out ulong delta))
        {
            Answer(reply, quiet, "CLIENT_ERROR invalid numeric delta argument"u8);
            return;
        }

        switch (store.AddDelta(line[1], increment, delta, requiredCas: 0, out var number, out _))
        {
            case DeltaResult.Done when quiet:
                break;
            case DeltaResult.Done:
                reply.Write(number);
                reply.Write("\r\n"u8);
                break;
            case DeltaResult.NotNumeric:
                Answer(reply, quiet, "CLIENT_ERROR cannot increment or decrement non-numeric value"u8);
                break;
            default:
                store.Counters.IncrementMisses += increment ? 1 : 0;
                store.Counters.DecrementMisses += increment ? 0 : 1;
                Answer(reply, quiet, "NOT_FOUND"u8);
                break;
        }
    }

    private void Delete(in CommandLine line, ReplyBuffer reply)
    {
        if (line.Count is < 2 or > 4)
        {
            reply.WriteLine("ERROR"u8);
            return;
        }

        var quiet = line.Count > 2 && line.NoReply;

        // Old clients said "delete k 0" for "at once"; no other time was ever supported.
        var zero = line.Count > 2 && line[2].SequenceEqual("0"u8);
        var valid = line.Count switch { 2 => true, 3 => zero || quiet, _ => zero && quiet };
        if (!valid)
        {
            Answer(reply, quiet, "CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]"u8);
        }
        else if (line[1].Length > EmbeddedStore.MaxKeyLength)
        {
            Answer(reply, quiet, "CLIENT_ERROR bad command line format"u8);
        }
        else if (store.Find(line[1]) is { } item)
        {
            store.Counters.DeleteHits++;
            store.Items.Remove(item);
            Answer(reply, quiet, "DELETED"u8);
        }
        else
        {
            store.Counters.DeleteMisses++;
            Answer(reply, quiet, "NOT_FOUND"u8);
        }
    }

    private void Touch(in CommandLine line, ReplyBuffer reply)
    {
        if (!TryReadKeyAndArgument(line, reply, out var quiet))
        {
            return;
        }

        if (!AsciiNumber.TryParse(line[2], out int expiry))
        {
            Answer(reply, quiet, "CLIENT_ERROR invalid exptime argument"u8);
            return;
        }

        var item = store.Find(line[1]);
        CountGet(item is not null, touch: true);
        if (item is not null)
        {
            store.NoteRead(item);
            item.ExpiresAt = store.ToSecond(expiry);
        }

        Answer(reply, quiet, item is null ? "NOT_FOUND"u8 : "TOUCHED"u8);
    }
}

namespace TypedCache.Embedded;

/// <summary>The meta commands mg, ms, md, ma, mn and me (proto_text.c of memcached 1.6.18).</summary>
internal sealed class MetaCommands(EmbeddedStore store, PendingPayload payload)
{
    private const int MaxWords = 19;

    /// <summary>Answers a command whose first word is an m and one more letter.</summary>
    public void Execute(in CommandLine line, ReplyBuffer reply)
    {
        var letter = line[0][1];
        if (letter == 'n')
        {
            reply.WriteLine("MN"u8);
        }
        else if (letter == 'e')
        {
            MetaDebug.Execute(store, line, reply);
        }
        else if (line.Count < 2 || letter is not ((byte)'g' or (byte)'s' or (byte)'d' or (byte)'a'))
        {
            reply.WriteLine("ERROR"u8);
        }
        else if (line[1].Length > EmbeddedStore.MaxKeyLength)
        {
            reply.WriteLine("CLIENT_ERROR bad command line format"u8);
        }
        else
        {
            ExecuteOnKey(letter, line, reply);
        }
    }

    /// <summary>Stores the block that an <c>ms</c> command waited for.</summary>
    public void CompleteSet(ReplyBuffer reply)
    {
        var result = store.Store(payload.Item, payload.Mode, payload.KeepStale, out var cas);
        if (result == StoreResult.Stored && payload.Quiet)
        {
            return;
        }

        reply.Write(result switch
        {
            StoreResult.Stored => "HD"u8,
            StoreResult.Exists => "EX"u8,
            StoreResult.NotFound => "NF"u8,
            _ => "NS"u8,
        });
        WriteSetFlags(reply, cas);
        reply.Write("\r\n"u8);
    }

    private void ExecuteOnKey(byte letter, in CommandLine line, ReplyBuffer reply)
    {
        if (letter == 's' && line.Count == 2)
        {
            reply.WriteLine("CLIENT_ERROR bad command line format"u8);
        }
        else if (line.Count > MaxWords)
        {
            reply.WriteLine(letter == 'g' ? "CLIENT_ERROR options flags are too long"u8 : "CLIENT_ERROR options flags too long"u8);
        }
        else if (letter == 's')
        {
            BeginSet(line, reply);
        }
        else
        {
            ExecuteOnItem(letter, line, reply);
        }
    }

    private void ExecuteOnItem(byte letter, in CommandLine line, ReplyBuffer reply)
    {
        Span<byte> keyBuffer = stackalloc byte[EmbeddedStore.MaxKeyLength];
        var flags = MetaFlags.Read(line, 2, store, keyBuffer);
        var start = reply.Length;
        var error = flags.Error;
        if (error.IsEmpty)
        {
            error = letter switch
            {
                (byte)'g' => Get(line, flags, reply),
                (byte)'d' => Delete(line, flags, reply),
                _ => MetaArithmetic.Execute(store, line, flags, reply),
            };
        }
        else if (letter != 'g')
        {
            error = "CLIENT_ERROR invalid or duplicate flag"u8;
        }

        if (!error.IsEmpty)
        {
            reply.CutBackTo(start);
            reply.WriteLine(error);
        }
    }

    private ReadOnlySpan<byte> Get(in CommandLine line, in MetaFlags flags, ReplyBuffer reply)
    {
        var item = store.Find(flags.Key);
        var created = item is null && flags.Vivify;
        if (created)
        {
            item = new EmbeddedItem(flags.Key.ToArray(), []);
            store.Link(item);
        }

        if (item is null)
        {
            return Miss(line, flags, reply);
        }

        if (!flags.NoteReadLate && !flags.NoUpdate)
        {
            store.NoteRead(item);
        }

        if (!MetaHit.TryWrite(store, item, created, line, flags, reply))
        {
            return "CLIENT_ERROR opaque token too long"u8;
        }

        if (flags.NoteReadLate && !flags.NoUpdate)
        {
            store.NoteRead(item);
        }

        CountHit(flags.NewExpiry);
        return [];
    }

    private void CountHit(bool touched)
    {
        var counters = store.Counters;
        counters.TouchCommands += touched ? 1 : 0;
        counters.TouchHits += touched ? 1 : 0;
        counters.GetCommands += touched ? 0 : 1;
        counters.GetHits += touched ? 0 : 1;
    }

    private ReadOnlySpan<byte> Miss(in CommandLine line, in MetaFlags flags, ReplyBuffer reply)
    {
        store.Counters.GetMisses++;
        store.Counters.GetCommands++;
        var start = reply.Length;
        reply.Write("EN"u8);
        if (!MetaReply.TryOpaqueAndKey(reply, line, flags))
        {
            return "CLIENT_ERROR opaque token too long"u8;
        }

        reply.Write("\r\n"u8);
        if (flags.Quiet)
        {
            reply.CutBackTo(start);
        }

        return [];
    }

    private ReadOnlySpan<byte> Delete(in CommandLine line, in MetaFlags flags, ReplyBuffer reply)
    {
        var start = reply.Length;

        // The status comes first in the reply, but a wrong opaque has to be found before anything is deleted.
        if (!MetaReply.TryOpaqueAndKey(reply, line, flags))
        {
            return "CLIENT_ERROR opaque token too long"u8;
        }

        reply.CutBackTo(start);
        var status = Remove(flags);
        if (flags.Quiet && status.SequenceEqual("HD"u8))
        {
            return [];
        }

        reply.Write(status);
        MetaReply.TryOpaqueAndKey(reply, line, flags);
        reply.Write("\r\n"u8);
        return [];
    }

    private ReadOnlySpan<byte> Remove(in MetaFlags flags)
    {
        var item = store.Find(flags.Key);
        if (item is null)
        {
            store.Counters.DeleteMisses++;
            return "NF"u8;
        }

        if (flags.HasCas && item.Cas != flags.Cas)
        {
            store.Counters.DeleteMisses++;
            return "EX"u8;
        }

        if (!flags.SetStale)
        {
            store.Counters.DeleteHits++;
            store.Items.Remove(item);
            return "HD"u8;
        }

        if (flags.NewExpiry)
        {
            item.ExpiresAt = flags.ExpiresAt;
        }

        store.MarkStale(item);
        return "HD"u8;
    }

    private void BeginSet(in CommandLine line, ReplyBuffer reply)
    {
        if (!AsciiNumber.TryParse(line[2], out int length) || length is < 0 or > int.MaxValue - 2)
        {
            reply.WriteLine("CLIENT_ERROR bad command line format"u8);
            return;
        }

        Span<byte> keyBuffer = stackalloc byte[EmbeddedStore.MaxKeyLength];
        var flags = MetaFlags.Read(line, 3, store, keyBuffer);
        var error = flags.Error.IsEmpty ? TryBeginSet(line, flags, length) : flags.Error;
        if (!error.IsEmpty)
        {
            reply.WriteLine(error);
            payload.BeginSwallow(length);
        }
    }

    private ReadOnlySpan<byte> TryBeginSet(in CommandLine line, in MetaFlags flags, int length)
    {
        if (!TryGetMode(flags, out var mode))
        {
            return "CLIENT_ERROR invalid mode for ms M token"u8;
        }

        for (var i = 3; i < line.Count; i++)
        {
            if (line[i][0] == 'O' && MetaReply.IsOpaqueTooLong(line[i]))
            {
                return "CLIENT_ERROR opaque token too long"u8;
            }
        }

        if (!store.Fits(flags.Key.Length, flags.ClientFlags, length))
        {
            store.Counters.StoreTooLarge++;

            // An old value must not outlive the attempt to replace it.
            store.Delete(flags.Key);
            return "SERVER_ERROR object too large for cache"u8;
        }

        var item = new EmbeddedItem(flags.Key.ToArray(), GC.AllocateUninitializedArray<byte>(length))
        {
            Flags = flags.ClientFlags,
            ExpiresAt = flags.ExpiresAt,
            Cas = flags.Cas,
            BinaryKey = flags.BinaryKey,
        };
        payload.BeginMeta(item, mode, flags, line);
        return [];
    }

    private static bool TryGetMode(in MetaFlags flags, out StoreMode mode)
    {
        switch (flags.Mode)
        {
            case 0 or (byte)'S' or (byte)'R' when flags.HasCas:
                mode = StoreMode.Cas;
                return true;
            case 0 or (byte)'S':
                mode = StoreMode.Set;
                return true;
            case (byte)'E':
                mode = StoreMode.Add;
                return true;
            case (byte)'A':
                mode = StoreMode.Append;
                return true;
            case (byte)'P':
                mode = StoreMode.Prepend;
                return true;
            case (byte)'R':
                mode = StoreMode.Replace;
                return true;
            default:
                mode = StoreMode.Set;
                return false;
        }
    }

    private void WriteSetFlags(ReplyBuffer reply, ulong cas)
    {
        var words = new WordReader(payload.MetaReplyFlags);
        while (words.MoveNext())
        {
            switch (words.Current[0])
            {
                case (byte)'O':
                    MetaReply.Opaque(reply, words.Current);
                    break;
                case (byte)'k':
                    MetaReply.Key(reply, payload.Item.Key, payload.Item.BinaryKey);
                    break;
                default:
                    MetaReply.Number(reply, 'c', cas);
                    break;
            }
        }
    }
}

namespace TypedCache.Embedded;

/// <summary>The command <c>me</c>: what the server knows about an item, for people.</summary>
internal static class MetaDebug
{
    public static void Execute(EmbeddedStore store, in CommandLine line, ReplyBuffer reply)
    {
        if (line.Count < 2 || line[1].Length > EmbeddedStore.MaxKeyLength)
        {
            reply.WriteLine("CLIENT_ERROR bad command line format"u8);
            return;
        }

        scoped var key = line[1];
        Span<byte> keyBuffer = stackalloc byte[EmbeddedStore.MaxKeyLength];
        if (line.Count >= 3 && line[2].SequenceEqual("b"u8))
        {
            var length = LenientBase64.Decode(key, keyBuffer);
            if (length == 0)
            {
                reply.WriteLine("CLIENT_ERROR bad command line format"u8);
                return;
            }

            key = keyBuffer[..length];
        }

        store.Counters.MetaCommands++;
        if (store.Find(key) is { } item)
        {
            Write(store, item, reply);
        }
        else
        {
            reply.WriteLine("EN"u8);
        }
    }

    private static void Write(EmbeddedStore store, EmbeddedItem item, ReplyBuffer reply)
    {
        reply.Write("ME "u8);
        if (item.BinaryKey)
        {
            reply.WriteBase64(item.Key);
        }
        else
        {
            reply.Write(item.Key);
        }

        // Seconds since the expiry, so that they are negative while the item lives; -1 for ever.
        reply.Write(" exp="u8);
        reply.Write(item.ExpiresAt == 0 ? -1L : (long)store.Now - item.ExpiresAt);
        reply.Write(" la="u8);
        reply.Write((ulong)(store.Now - item.LastAccess));
        reply.Write(" cas="u8);
        reply.Write(item.Cas);
        reply.Write(item.Fetched ? " fetch=yes cls="u8 : " fetch=no cls="u8);
        reply.Write((ulong)SlabClasses.ClassOf(item.Size));
        reply.Write(" size="u8);
        reply.Write((ulong)item.Size);
        reply.Write("\r\n"u8);
    }
}

namespace TypedCache.Embedded;

/// <summary>The reply of <c>mg</c> for an existing item, with what the flags do to the item on the way.</summary>
internal static class MetaHit
{
    /// <summary>Returns false if the opaque is too long; then the reply has to be removed.</summary>
    public static bool TryWrite(EmbeddedStore store, EmbeddedItem item, bool created, in CommandLine line, in MetaFlags flags, ReplyBuffer reply)
    {
        // Compared before T, N and R do anything, none of which changes the number (protocol.txt of memcached 1.6.40, "C(token)").
        var brings = flags.Value && !(store.ComparesCas && flags.HasCas && flags.Cas == item.Cas);
        if (brings)
        {
            reply.Write("VA "u8);
            reply.Write((ulong)item.Value.Length);
        }
        else
        {
            reply.Write("HD"u8);
        }

        var won = false;
        for (var i = 2; i < line.Count; i++)
        {
            var word = line[i];
            if (word[0] == 'O' && MetaReply.IsOpaqueTooLong(word))
            {
                return false;
            }

            Apply(item, created, word[0], flags, ref won);
            Write(store, item, word, reply);
        }

        WriteLease(item, won, reply);
        reply.Write("\r\n"u8);
        if (brings)
        {
            reply.WriteLine(item.Value);
        }

        return true;
    }

    // In the order of the flags: N before T leaves the expiry of T, t before T returns the old one.
    private static void Apply(EmbeddedItem item, bool created, byte flag, in MetaFlags flags, ref bool won)
    {
        switch (flag)
        {
            case (byte)'T':
                item.ExpiresAt = flags.ExpiresAt;
                break;
            case (byte)'N' when created:
                item.ExpiresAt = flags.VivifyExpiresAt;
                won = true;
                break;
            case (byte)'R' when !item.TokenSent && !created && item.ExpiresAt != 0 && item.ExpiresAt < flags.RecacheBefore:
                won = true;
                break;
        }
    }

    private static void Write(EmbeddedStore store, EmbeddedItem item, ReadOnlySpan<byte> word, ReplyBuffer reply)
    {
        switch (word[0])
        {
            case (byte)'s':
                MetaReply.Number(reply, 's', (ulong)item.Value.Length);
                break;
            case (byte)'t':
                MetaReply.TimeLeft(reply, item, store.Now);
                break;
            case (byte)'c':
                MetaReply.Number(reply, 'c', item.Cas);
                break;
            case (byte)'f':
                MetaReply.Number(reply, 'f', item.Flags);
                break;
            case (byte)'l':
                MetaReply.Number(reply, 'l', store.Now - item.LastAccess);
                break;
            case (byte)'h':
                MetaReply.Number(reply, 'h', item.Fetched ? 1u : 0u);
                break;
            case (byte)'O':
                MetaReply.Opaque(reply, word);
                break;
            case (byte)'k':
                MetaReply.Key(reply, item.Key, item.BinaryKey);
                break;
        }
    }

    /// <summary>Z: somebody else refreshes. X: invalidated. W: this client is to refresh; said once until the next store.</summary>
    private static void WriteLease(EmbeddedItem item, bool won, ReplyBuffer reply)
    {
        if (item.TokenSent)
        {
            MetaReply.Flag(reply, 'Z');
        }

        if (item.Stale)
        {
            MetaReply.Flag(reply, 'X');
            won |= !item.TokenSent;
        }

        if (won)
        {
            MetaReply.Flag(reply, 'W');
            item.TokenSent = true;
        }
    }
}

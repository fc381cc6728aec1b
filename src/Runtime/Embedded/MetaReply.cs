namespace TypedCache.Embedded;

/// <summary>Writes the flags of meta replies.</summary>
internal static class MetaReply
{
    /// <summary>protocol.txt says 32; memcached counts the letter O too.</summary>
    private const int MaxOpaqueWord = 32;

    public static bool IsOpaqueTooLong(ReadOnlySpan<byte> word) => word.Length > MaxOpaqueWord;

    public static void Flag(ReplyBuffer reply, char flag)
    {
        reply.Write((byte)' ');
        reply.Write((byte)flag);
    }

    public static void Number(ReplyBuffer reply, char flag, ulong number)
    {
        Flag(reply, flag);
        reply.Write(number);
    }

    public static void Opaque(ReplyBuffer reply, ReadOnlySpan<byte> word)
    {
        reply.Write((byte)' ');
        reply.Write(word);
    }

    public static void Key(ReplyBuffer reply, ReadOnlySpan<byte> key, bool binary)
    {
        Flag(reply, 'k');
        if (!binary)
        {
            reply.Write(key);
            return;
        }

        reply.WriteBase64(key);
        Flag(reply, 'b');
    }

    /// <summary>The seconds left, -1 for ever. For an item that has already expired memcached returns an unsigned remainder, and so does this.</summary>
    public static void TimeLeft(ReplyBuffer reply, EmbeddedItem item, uint now)
    {
        Flag(reply, 't');
        if (item.ExpiresAt == 0)
        {
            reply.Write("-1"u8);
        }
        else
        {
            reply.Write((ulong)unchecked(item.ExpiresAt - now));
        }
    }

    /// <summary>
    /// Writes the flags that need no item: opaque and key. Returns false if the opaque is too long; then the
    /// reply has to be removed.
    /// </summary>
    public static bool TryOpaqueAndKey(ReplyBuffer reply, in CommandLine line, in MetaFlags flags)
    {
        for (var i = 2; i < line.Count; i++)
        {
            var word = line[i];
            if (word[0] == 'k')
            {
                Key(reply, flags.Key, flags.BinaryKey);
            }
            else if (word[0] == 'O')
            {
                if (IsOpaqueTooLong(word))
                {
                    return false;
                }

                Opaque(reply, word);
            }
        }

        return true;
    }
}

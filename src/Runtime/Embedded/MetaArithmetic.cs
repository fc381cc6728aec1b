using System.Globalization;

namespace TypedCache.Embedded;

/// <summary>The command <c>ma</c>.</summary>
internal static class MetaArithmetic
{
    /// <summary>Returns the error line, or nothing if the reply was written.</summary>
    public static ReadOnlySpan<byte> Execute(EmbeddedStore store, in CommandLine line, in MetaFlags flags, ReplyBuffer reply)
    {
        if (flags.Mode is not (0 or (byte)'I' or (byte)'+' or (byte)'D' or (byte)'-'))
        {
            return "CLIENT_ERROR invalid mode for ma M token"u8;
        }

        var increment = flags.Mode is not ((byte)'D' or (byte)'-');
        var result = store.AddDelta(flags.Key, increment, flags.Delta, flags.Cas, out var number, out var item);
        switch (result)
        {
            case DeltaResult.NotNumeric:
                return "CLIENT_ERROR cannot increment or decrement non-numeric value"u8;
            case DeltaResult.CasMismatch:
                return WithoutItem("EX"u8, line, flags, reply);
            case DeltaResult.NotFound when !flags.Vivify:
                store.Counters.IncrementMisses += increment ? 1 : 0;
                store.Counters.DecrementMisses += increment ? 0 : 1;
                return WithoutItem("NF"u8, line, flags, reply);
        }

        // memcached lets q hide a changed number, but not a created one.
        var created = item is null;
        var quiet = flags.Quiet && !created;
        if (created)
        {
            number = flags.Initial;
            item = Create(store, flags);
        }

        var start = reply.Length;
        if (!TryWriteItem(store, item!, created, number, line, flags, reply))
        {
            return "CLIENT_ERROR opaque token too long"u8;
        }

        if (quiet)
        {
            reply.CutBackTo(start);
        }

        return [];
    }

    private static EmbeddedItem Create(EmbeddedStore store, in MetaFlags flags)
    {
        Span<byte> digits = stackalloc byte[20];
        flags.Initial.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        var item = new EmbeddedItem(flags.Key.ToArray(), digits[..length].ToArray());
        store.Link(item);
        return item;
    }

    private static ReadOnlySpan<byte> WithoutItem(ReadOnlySpan<byte> status, in CommandLine line, in MetaFlags flags, ReplyBuffer reply)
    {
        reply.Write(status);
        if (!MetaReply.TryOpaqueAndKey(reply, line, flags))
        {
            return "CLIENT_ERROR opaque token too long"u8;
        }

        reply.Write("\r\n"u8);
        return [];
    }

    private static bool TryWriteItem(EmbeddedStore store, EmbeddedItem item, bool created, ulong number, in CommandLine line, in MetaFlags flags, ReplyBuffer reply)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        if (flags.Value)
        {
            reply.Write("VA "u8);
            reply.Write((ulong)length);
        }
        else
        {
            reply.Write("HD"u8);
        }

        for (var i = 2; i < line.Count; i++)
        {
            var word = line[i];
            if (word[0] == 'O' && MetaReply.IsOpaqueTooLong(word))
            {
                return false;
            }

            ApplyAndWrite(store, item, created, word, flags, reply);
        }

        reply.Write("\r\n"u8);
        if (flags.Value)
        {
            reply.WriteLine(digits[..length]);
        }

        return true;
    }

    private static void ApplyAndWrite(EmbeddedStore store, EmbeddedItem item, bool created, ReadOnlySpan<byte> word, in MetaFlags flags, ReplyBuffer reply)
    {
        switch (word[0])
        {
            case (byte)'T':
                item.ExpiresAt = flags.ExpiresAt;
                break;
            case (byte)'N' when created:
                item.ExpiresAt = flags.VivifyExpiresAt;
                break;
            case (byte)'c':
                MetaReply.Number(reply, 'c', item.Cas);
                break;
            case (byte)'t':
                MetaReply.TimeLeft(reply, item, store.Now);
                break;
            case (byte)'O':
                MetaReply.Opaque(reply, word);
                break;
            case (byte)'k':
                MetaReply.Key(reply, flags.Key, flags.BinaryKey);
                break;
        }
    }
}

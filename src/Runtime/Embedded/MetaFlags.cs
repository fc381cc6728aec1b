namespace TypedCache.Embedded;

/// <summary>The flags of a meta command, read as _meta_flag_preparse of memcached 1.6.18 reads them.</summary>
internal ref struct MetaFlags
{
    private const int MaxKnownByte = 127;

    public ReadOnlySpan<byte> Key;
    public bool BinaryKey;
    public bool NoUpdate;
    public bool Vivify;
    public bool Value;
    public bool SetStale;
    public bool Quiet;
    public bool HasCas;
    public bool NewExpiry;

    /// <summary>The reply is about the time before this access, so the access is noted afterwards.</summary>
    public bool NoteReadLate;

    public byte Mode;
    public uint ExpiresAt;
    public uint VivifyExpiresAt;
    public uint RecacheBefore;
    public uint ClientFlags;
    public ulong Cas;
    public ulong Delta;
    public ulong Initial;

    /// <summary>Why the flags are refused; empty if they are fine.</summary>
    public ReadOnlySpan<byte> Error;

    /// <summary>
    /// Reads the words of the line from <paramref name="first"/> on. A key in base64 is decoded into
    /// <paramref name="keyBuffer"/>, and <see cref="Key"/> points there.
    /// </summary>
    public static MetaFlags Read(in CommandLine line, int first, EmbeddedStore store, Span<byte> keyBuffer)
    {
        var flags = new MetaFlags { Key = line[1], Delta = 1 };
        UInt128 seen = 0;
        for (var i = first; i < line.Count; i++)
        {
            var word = line[i];
            var bit = UInt128.One << Math.Min(word[0], (byte)MaxKnownByte);
            if (word[0] >= MaxKnownByte || (seen & bit) != 0)
            {
                flags.Error = "CLIENT_ERROR duplicate flag"u8;
                return flags;
            }

            seen |= bit;
            if (!flags.ReadWord(word, store, keyBuffer))
            {
                flags.Error = "CLIENT_ERROR invalid flag"u8;
                return flags;
            }
        }

        return flags;
    }

    /// <summary>Returns false for an unknown flag. A known one with a wrong argument sets <see cref="Error"/>; reading goes on.</summary>
    private bool ReadWord(ReadOnlySpan<byte> word, EmbeddedStore store, Span<byte> keyBuffer)
    {
        var argument = word[1..];
        switch (word[0])
        {
            case (byte)'b': DecodeKey(keyBuffer); break;
            case (byte)'N': Vivify = NoteReadLate = true; ReadExpiry(argument, store, ref VivifyExpiresAt); break;
            case (byte)'T': NewExpiry = NoteReadLate = true; ReadExpiry(argument, store, ref ExpiresAt); break;
            case (byte)'R': NoteReadLate = true; ReadExpiry(argument, store, ref RecacheBefore); break;
            case (byte)'l' or (byte)'h': NoteReadLate = true; break;
            case (byte)'O' or (byte)'P' or (byte)'L' or (byte)'k' or (byte)'s' or (byte)'t' or (byte)'c' or (byte)'f': break;
            case (byte)'v': Value = true; break;
            case (byte)'u': NoUpdate = true; break;
            case (byte)'q': Quiet = true; break;
            case (byte)'I': SetStale = true; break;
            case (byte)'F': ReadClientFlags(argument); break;
            case (byte)'C': HasCas = true; ReadNumber(argument, ref Cas, "CLIENT_ERROR bad token in command line format"u8); break;
            case (byte)'J': ReadNumber(argument, ref Initial, "CLIENT_ERROR invalid numeric initial value"u8); break;
            case (byte)'D': ReadNumber(argument, ref Delta, "CLIENT_ERROR invalid numeric delta value"u8); break;
            case (byte)'M': ReadMode(argument); break;
            default: return false;
        }

        return true;
    }

    private void DecodeKey(Span<byte> keyBuffer)
    {
        var length = LenientBase64.Decode(Key, keyBuffer);
        if (length == 0)
        {
            Error = "CLIENT_ERROR error decoding key"u8;
        }

        Key = keyBuffer[..length];
        BinaryKey = true;
    }

    private void ReadExpiry(ReadOnlySpan<byte> argument, EmbeddedStore store, ref uint second)
    {
        if (AsciiNumber.TryParse(argument, out int expiry))
        {
            second = store.ToSecond(expiry);
        }
        else
        {
            Error = "CLIENT_ERROR bad token in command line format"u8;
        }
    }

    private void ReadNumber(ReadOnlySpan<byte> argument, ref ulong number, ReadOnlySpan<byte> error)
    {
        if (!AsciiNumber.TryParse(argument, out number))
        {
            Error = error;
        }
    }

    // memcached gives no reason of its own here; an earlier one stays.
    private void ReadClientFlags(ReadOnlySpan<byte> argument)
    {
        if (!AsciiNumber.TryParse(argument, out ClientFlags) && Error.IsEmpty)
        {
            Error = "CLIENT_ERROR bad command line format"u8;
        }
    }

    private void ReadMode(ReadOnlySpan<byte> argument)
    {
        if (argument.Length == 1)
        {
            Mode = argument[0];
        }
        else
        {
            Error = "CLIENT_ERROR incorrect length for M token"u8;
        }
    }
}

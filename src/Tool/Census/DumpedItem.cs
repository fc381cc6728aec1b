using System.Buffers.Text;
using TypedCache.Tool.Keys;

namespace TypedCache.Tool.Census;

/// <summary>A line of <c>lru_crawler metadump</c> (memcached's crawler.c, <c>crawler_metadump_eval</c>).</summary>
/// <param name="line">The line.</param>
internal readonly ref struct DumpedItem(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    /// <summary>When it expires, in seconds since 1970; -1: never.</summary>
    public long Expires { get; private init; }

    /// <summary>When it was last read, or else written, in seconds since 1970.</summary>
    public long LastAccess { get; private init; }

    /// <summary>Whether it has been read since it was written.</summary>
    public bool WasRead { get; private init; }

    /// <summary>How many bytes it takes, key and header included.</summary>
    public long Size { get; private init; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="item">The item, as long as the line stays.</param>
    /// <returns>False: the line is not about an item.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out DumpedItem item)
    {
        item = default;
        if (!line.StartsWith("key="u8)
            || !TryReadNumber(line, " exp="u8, out var expires)
            || !TryReadNumber(line, " la="u8, out var lastAccess)
            || !TryReadNumber(line, " size="u8, out var size))
        {
            return false;
        }

        item = new DumpedItem(line) { Expires = expires, LastAccess = lastAccess, Size = size, WasRead = line.IndexOf(" fetch=yes"u8) >= 0 };
        return true;
    }

    /// <summary>Writes the bytes of the key.</summary>
    /// <param name="target">Room for <see cref="EncodedKey.MaxLength"/> bytes.</param>
    /// <returns>How many bytes it has.</returns>
    public int CopyKeyTo(Span<byte> target)
    {
        var encoded = _line["key=".Length.._line.IndexOf((byte)' ')];
        return EncodedKey.Decode(encoded[..Math.Min(encoded.Length, target.Length)], target);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out long number)
    {
        var start = line.IndexOf(name);
        number = 0;
        return start >= 0 && Utf8Parser.TryParse(line[(start + name.Length)..], out number, out _);
    }
}

using System.Text;

namespace TypedCache.Values;

/// <summary>
/// Which other clients may have written a value that the pool's dialect cannot read as what is wanted. Clients use the same flags for
/// different things, so the first bytes have to fit as well.
/// </summary>
internal static class LikelyWriter
{
    private const byte ZlibMark = 0x78;

    /// <summary>A sentence, after a space, that names the clients and what to do; empty if no other client writes such a value.</summary>
    /// <param name="flags">The flags as stored.</param>
    /// <param name="payload">The bytes.</param>
    /// <param name="reader">The dialect of the pool.</param>
    public static string Of(uint flags, ReadOnlySpan<byte> payload, CacheDialect reader)
    {
        var sentence = new StringBuilder();
        Add(sentence, reader is not CacheDialect.PhpMemcached && IsPhpMemcached(flags, payload), "PHP's php-memcached", "ForPhpMemcached()");
        Add(sentence, reader is not (CacheDialect.Pecl or CacheDialect.PeclSharedWithPhp) && IsPecl(flags, payload), "PHP's pecl-memcache or a pool with its defaults", "ForPeclMemcache()");
        Add(sentence, reader is not (CacheDialect.Enyim or CacheDialect.EnyimMessagePack) && IsEnyim(flags), "EnyimMemcachedCore", "ForEnyim()");
        Add(sentence, reader is not (CacheDialect.Pymemcache or CacheDialect.PythonMemcached) && IsPython(flags, payload), "Python's pymemcache or python-memcached", "ForPymemcache() or ForPythonMemcached()");
        Add(sentence, reader is not CacheDialect.Dalli && IsDalli(flags, payload), "Ruby's dalli", "ForDalli()");
        Add(sentence, reader is not CacheDialect.Spymemcached && IsJava(flags, payload), "Java's spymemcached or xmemcached", "ForSpymemcached() or ForXmemcached()");
        Add(sentence, reader is not CacheDialect.NodeMemcached && IsNode(flags, payload), "the npm package memcached", "ForNodeMemcached()");
        return sentence.Length == 0 ? "" : sentence.Append('.').ToString();
    }

    private static void Add(StringBuilder sentence, bool isLikely, string client, string preset)
    {
        if (isLikely)
        {
            sentence.Append(sentence.Length == 0
                ? $" If {client} stored it, create the pool's options by MemcachedPoolOptions.{preset}"
                : $"; if {client} did, by {preset}");
        }
    }

    // Types 1 to 7 in the lowest bits, compression in the three above them.
    private static bool IsPhpMemcached(uint flags, ReadOnlySpan<byte> payload) => flags switch
    {
        1 => NumberText.IsInteger(payload),
        2 => NumberText.IsFloat(payload),
        3 => payload is [] or [(byte)'1'],
        >= 4 and <= 7 => true,
        _ => (flags & ~0x7u) is 0x30 or 0x50,
    };

    // The type in the second byte; bit 16 is MessagePack's.
    private static bool IsPecl(uint flags, ReadOnlySpan<byte> payload) => (flags & ~0x10000u) switch
    {
        1 => flags != 1 || payload is [_, (byte)':' or (byte)';', ..],
        2 or 3 => payload is [ZlibMark, ..],
        0x100 => payload is [(byte)'0' or (byte)'1'],
        0x300 => NumberText.IsInteger(payload),
        0x700 => NumberText.IsFloat(payload),
        _ => false,
    };

    // 0x100 and the TypeCode. There is none of decimals, nor number 17.
    private static bool IsEnyim(uint flags) => flags is 0xFA52 or (>= 0x101 and <= 0x10E) or 0x110 or 0x112;

    private static bool IsPython(uint flags, ReadOnlySpan<byte> payload) => flags switch
    {
        1 => payload is [.., (byte)'.'],
        2 => NumberText.IsInteger(payload),
        8 or 9 or 10 => payload is [ZlibMark, ..],
        16 or 24 => true,
        _ => false,
    };

    private static bool IsDalli(uint flags, ReadOnlySpan<byte> payload) => flags switch
    {
        1 => payload is [4, 8, ..],
        2 or 3 or 6 => payload is [ZlibMark, ..] or [0x1F, 0x8B, ..] or [4, 8, ..],
        4 => true,
        _ => false,
    };

    private static bool IsJava(uint flags, ReadOnlySpan<byte> payload) => flags switch
    {
        1 => payload is [0xAC, 0xED, ..],
        2 or 3 or 0x802 => payload is [0x1F, 0x8B, ..],
        0x100 => payload is [(byte)'0' or (byte)'1'],
        0x200 or 0x600 => payload.Length <= sizeof(int),
        0x300 or 0x400 or 0x700 => payload.Length <= sizeof(long),
        0x500 => payload.Length == 1,
        0x800 => true,
        _ => false,
    };

    private static bool IsNode(uint flags, ReadOnlySpan<byte> payload) => flags switch
    {
        2 => payload is [(byte)'{' or (byte)'[' or (byte)'"' or (byte)'t' or (byte)'f' or (byte)'n', ..],
        4 => true,
        8 => NumberText.IsFloat(payload),
        _ => false,
    };
}

using System.Buffers;

namespace TypedCache.Values;

/// <summary>
/// How kinds of values are marked in the flags and written as text. All clients that share a server's values, PHP
/// included, have to use the same dialect.
/// </summary>
public abstract class ValueDialect
{
    /// <summary>
    /// The bit of the flags, in all dialects, of a value that ends with the versions of its tags: the only one that neither PHP extension
    /// sets, nor leaves to applications.
    /// </summary>
    internal const uint TaggedMark = 0x80;

    private protected ValueDialect()
    {
    }

    /// <summary>The dialect of PHP's pecl-memcache 3 to 8 (memcache_pool.c, <c>mmc_pack_value</c>).</summary>
    public static ValueDialect Pecl => PeclDialect.Alone;

    /// <summary>
    /// <see cref="Pecl"/>, but MessagePack goes under the application's flag 0x10000 alone. Both PHP extensions return such a
    /// value as a string, for <c>msgpack_unpack()</c>; the serialized flag would make them fail.
    /// </summary>
    public static ValueDialect PeclSharedWithPhp => PeclDialect.SharedWithPhp;

    /// <summary>
    /// The dialect of PHP's php-memcached 3 (php_memcached.c, <c>s_zval_to_payload</c>), which reads MessagePack by itself.
    /// Its own compression settings are a <see cref="CompressionOptions.Threshold"/> of 2000 and, as its factor of 1.3, a
    /// <see cref="CompressionOptions.MinimumSaving"/> of <c>1 - 1 / 1.3</c>.
    /// </summary>
    public static ValueDialect PhpMemcached => PhpMemcachedDialect.Instance;

    /// <summary>What attributes call the dialect.</summary>
    internal abstract CacheDialect Identity { get; }

    /// <summary>The name of the dialect.</summary>
    public sealed override string ToString() => Identity.ToString();

    /// <summary>The flags of a kind that this library writes, uncompressed.</summary>
    internal abstract uint FlagsOf(ValueKind kind);

    /// <summary>What the flags say about the bytes, apart from compression.</summary>
    internal ValueKind KindOf(uint flags) => (flags & TaggedMark) != 0 ? ValueKind.Tagged : KindOfUntagged(flags);

    /// <summary>What flags without <see cref="TaggedMark"/> say about the bytes, apart from compression.</summary>
    private protected abstract ValueKind KindOfUntagged(uint flags);

    /// <summary>Whether the flags say that the bytes are compressed.</summary>
    internal bool IsCompressed(uint flags) => IsCompressedUntagged(flags & ~TaggedMark);

    /// <summary>Whether flags without <see cref="TaggedMark"/> say that the bytes are compressed.</summary>
    private protected abstract bool IsCompressedUntagged(uint flags);

    /// <summary>A sentence, after a space, that names the client whose flags these may be; empty if this dialect has such flags itself.</summary>
    internal abstract string LikelyWriter(uint flags);

    /// <summary>The text of a bool.</summary>
    internal abstract ReadOnlySpan<byte> TextOf(bool value);

    /// <summary>Whether the text of a bool means true.</summary>
    internal abstract bool IsTrue(ReadOnlySpan<byte> text);

    /// <summary>Writes the text of a floating-point number.</summary>
    internal abstract void WriteFloat(double value, IBufferWriter<byte> output);

    /// <summary>Compresses a value in place if that saves enough (<see cref="CompressionOptions.MinimumSaving"/>).</summary>
    /// <returns>The flags to add, or 0 if the value has stayed as it was.</returns>
    internal abstract uint Compress(ICompressor compressor, PayloadBuffer value, double minimumSaving);

    /// <summary>Undoes the compression that <paramref name="flags"/> name.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    /// <exception cref="ExpansionRefusedException">The options do not allow it.</exception>
    internal abstract void Expand(ReadOnlyMemory<byte> payload, uint flags, CompressionOptions options, ExpandedPayload output);
}

using System.Buffers;

namespace TypedCache.Values;

/// <summary>
/// How kinds of values are marked in the flags and what their bytes look like. All clients that share a server's values, those of other
/// languages included, have to use the same dialect: the same flags mean different things in different ones.
/// </summary>
public abstract class ValueDialect
{
    /// <summary>
    /// The bit of the flags, in all dialects, of a value that ends with the versions of its tags: no client whose dialect is here sets it by
    /// itself, nor do PHP's leave it to applications.
    /// </summary>
    internal const uint TaggedMark = 0x80;

    private protected ValueDialect(bool numbersAreText = true) => NumbersAreText = numbersAreText;

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

    /// <summary>
    /// The dialect of EnyimMemcachedCore up to 3.4 and EnyimMemcached 2 (<c>DefaultTranscoder</c>): flags 0x100 and the
    /// <see cref="TypeCode"/>, little-endian numbers of the exact .NET type, dates as <see cref="DateTime.ToBinary"/>, bytes under 0xFA52.
    /// Nothing is compressed. Objects, which those clients write as BSON, as .NET's binary format or as XML, are refused by name;
    /// MessagePack goes under a type code for which they throw.
    /// </summary>
    public static ValueDialect Enyim => EnyimDialect.Default;

    /// <summary>
    /// <see cref="Enyim"/> for EnyimMemcachedCore with its <c>MessagePackTranscoder</c>: objects are MessagePack, which both sides read.
    /// </summary>
    public static ValueDialect EnyimMessagePack => EnyimDialect.WithMessagePack;

    /// <summary>
    /// The dialect of Python's pymemcache 3 and 4 with <c>serde.pickle_serde</c> or <c>serde.compressed_serde</c> (serde.py): text under
    /// flags 16, bytes under 0, whole numbers as text under 2, zlib 8. Floating-point numbers and bools are pickles of protocol 5 (flags
    /// 1). Other pickles are refused: nothing in them is looked up or run. The compression of <c>compressed_serde</c> is a
    /// <see cref="CompressionOptions.Threshold"/> of 401 and a <see cref="CompressionOptions.MinimumSaving"/> of 0; a client with
    /// <c>pickle_serde</c> needs a threshold of 0, since it does not expand. MessagePack goes under 0x10000: the client returns the bytes.
    /// </summary>
    public static ValueDialect Pymemcache => PythonDialect.OfPymemcache;

    /// <summary>
    /// The dialect of Python's python-memcached 1.58 and later (memcache.py, <c>_val_to_store_info</c>): as <see cref="Pymemcache"/>, with
    /// pickles of protocol 0, and without compression unless the client is told so (<c>min_compress_len</c>). MessagePack goes under
    /// 0x10000, which the client refuses with a <c>ValueError</c>.
    /// </summary>
    public static ValueDialect PythonMemcached => PythonDialect.OfPythonMemcached;

    /// <summary>
    /// The dialect of Ruby's dalli 3 to 5 with its defaults (value_serializer.rb): everything is Marshal (flags 1), strings too, since
    /// under other flags dalli 3 returns them without their encoding. Compression is a <see cref="CompressionOptions.Threshold"/> of 4096
    /// and a <see cref="CompressionOptions.MinimumSaving"/> of 0. Raw strings (flags 0), those of <c>string_fastpath</c> (4) and gzip
    /// are read as well. Marshal of arrays, hashes and objects is refused by name. MessagePack goes under 0x10001, for which dalli throws
    /// <c>UnmarshalError</c>. Nothing can be appended to Marshal, so append and prepend throw <see cref="InvalidOperationException"/>.
    /// </summary>
    public static ValueDialect Dalli => DalliDialect.Instance;

    /// <summary>
    /// The dialect of Java's spymemcached 2.12 and xmemcached 2.4 (<c>SerializingTranscoder</c>): text under flags 0, bytes under 0x800,
    /// numbers, bools and dates big-endian without leading zeros under 0x100 to 0x700. An unsigned type is written as the next larger
    /// signed one, so that a <c>ulong</c> beyond <see cref="long.MaxValue"/> throws <see cref="ArgumentOutOfRangeException"/>. Compression
    /// is gzip, a <see cref="CompressionOptions.Threshold"/> of 16385 and a <see cref="CompressionOptions.MinimumSaving"/> of 0. Java's
    /// serialized objects are refused by name. MessagePack goes under 0xF00, for which the clients log a warning and return null.
    /// </summary>
    public static ValueDialect Spymemcached => SpymemcachedDialect.Instance;

    /// <summary>
    /// The dialect of the npm package memcached 2.2 (lib/memcached.js, <c>setters</c> and <c>rawStream</c>): text under flags 0, bytes as
    /// Latin-1 in UTF-8 under 4, numbers as text under 8, bools and dates as JSON under 2; a backslash stands before each CR and LF. Other
    /// JSON is refused. JavaScript rounds whole numbers beyond 2^53. The package has no flags that it refuses: it returns MessagePack
    /// (0x10000) and values with tags as a string of their bytes.
    /// </summary>
    public static ValueDialect NodeMemcached => NodeMemcachedDialect.Instance;

    /// <summary>
    /// The dialect of clients that leave the bytes to their callers and the flags 0: Go's gomemcache, npm's memjs, pymemcache without a
    /// serde. Text and bytes are as they are, numbers their text, bools <c>1</c> and <c>0</c>. Values under other flags are refused,
    /// except MessagePack, which goes under 0x10000: those clients return its bytes.
    /// </summary>
    public static ValueDialect Plain => PlainDialect.Instance;

    /// <summary>What attributes call the dialect.</summary>
    internal abstract CacheDialect Identity { get; }

    /// <summary>Whether whole numbers are decimal text. A field, so that writing one costs no call.</summary>
    internal bool NumbersAreText { get; }

    /// <summary>The name of the dialect.</summary>
    public sealed override string ToString() => Identity.ToString();

    /// <summary>The flags of a kind that this library writes, uncompressed.</summary>
    internal abstract uint FlagsOf(ValueKind kind);

    /// <summary>Gives a value that has been written its final form, and returns its flags.</summary>
    /// <param name="kind">What has been written.</param>
    /// <param name="type">Which .NET type, where that matters: <see cref="TypeCode.String"/> for text, a number's own. Otherwise <see cref="TypeCode.Object"/>.</param>
    /// <param name="output">The value, and nothing else.</param>
    internal abstract uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output);

    /// <summary>What the flags say about the bytes, apart from compression.</summary>
    internal ValueKind KindOf(uint flags) => (flags & TaggedMark) != 0 ? KindOfTagged(flags) : KindOfUntagged(flags);

    /// <summary>What flags with <see cref="TaggedMark"/> say about the bytes.</summary>
    private protected virtual ValueKind KindOfTagged(uint flags) => ValueKind.Tagged;

    /// <summary>What flags without <see cref="TaggedMark"/> say about the bytes, apart from compression.</summary>
    private protected abstract ValueKind KindOfUntagged(uint flags);

    /// <summary>Says what a value is, and brings it into the form that codecs know: numbers and bools as text, strings without a wrapping.</summary>
    /// <param name="flags">The flags as stored.</param>
    /// <param name="payload">The bytes, uncompressed.</param>
    internal ValueKind Open(uint flags, ref ReadOnlyMemory<byte> payload) =>
        (flags & TaggedMark) != 0 ? KindOfTagged(flags) : OpenUntagged(flags, ref payload);

    /// <summary><see cref="Open"/> for flags without <see cref="TaggedMark"/>. Whatever the bytes are, it does not throw.</summary>
    private protected abstract ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload);

    /// <summary>Whether the bytes, if they are not compressed, are what <see cref="CacheCodecs.Bytes"/> reads.</summary>
    internal abstract bool IsVerbatim(uint flags);

    /// <summary>The flags of a value that ends with the versions of its tags.</summary>
    internal virtual uint Tag(uint flags) => flags | TaggedMark;

    /// <summary>The flags that <see cref="Tag"/> was given.</summary>
    internal virtual uint Untag(uint flags) => flags & ~TaggedMark;

    /// <summary>Whether the flags say that the bytes are compressed.</summary>
    internal bool IsCompressed(uint flags) => IsCompressedUntagged((flags & TaggedMark) == 0 ? flags : Untag(flags));

    /// <summary>Whether flags without <see cref="TaggedMark"/> say that the bytes are compressed.</summary>
    private protected abstract bool IsCompressedUntagged(uint flags);

    /// <summary>What a value is that is no text, number, bool or date, for messages; after "flags say".</summary>
    internal virtual string Describe(ValueKind kind, ReadOnlySpan<byte> payload) => kind == ValueKind.MessagePack
        ? $"MessagePack, {payload.Length} bytes"
        : $"nothing that the dialect {this} knows, {payload.Length} bytes";

    /// <summary>What to do about such a value: a sentence.</summary>
    internal virtual string WayOut(ValueKind kind) => "Another client wrote it: set the pool's dialect to that client's, read it as bytes, or delete the key.";

    /// <summary>Whether something can be added to stored text and bytes without breaking them.</summary>
    internal virtual bool CanBeAddedTo => true;

    /// <summary>The text of a bool.</summary>
    internal abstract ReadOnlySpan<byte> TextOf(bool value);

    /// <summary>Whether the text of a bool means true.</summary>
    internal virtual bool IsTrue(ReadOnlySpan<byte> text) => text.SequenceEqual("1"u8);

    /// <summary>Writes a whole number where <see cref="NumbersAreText"/> is false.</summary>
    /// <param name="value">The number; a negative one in the bits of a <see cref="long"/>.</param>
    /// <param name="type">Its .NET type.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The client has no type for the number.</exception>
    internal virtual void WriteInteger(ulong value, TypeCode type, IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>Writes a floating-point number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="type">Its .NET type.</param>
    /// <param name="output">Takes the bytes.</param>
    internal abstract void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output);

    /// <summary>Writes a date.</summary>
    /// <exception cref="InvalidOperationException">The client has no form of its own for dates.</exception>
    internal virtual void WriteDateTime(DateTime value, IBufferWriter<byte> output) => throw new InvalidOperationException(
        $"The dialect {this} has no form of its own for dates. Store a number of seconds or a text, or a type that is stored as MessagePack.");

    /// <summary>Compresses a value in place if that saves enough (<see cref="CompressionOptions.MinimumSaving"/>).</summary>
    /// <returns>The flags to add, or 0 if the value has stayed as it was.</returns>
    internal abstract uint Compress(ICompressor compressor, PayloadBuffer value, double minimumSaving);

    /// <summary>Undoes the compression that <paramref name="flags"/> name.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    /// <exception cref="ExpansionRefusedException">The options do not allow it.</exception>
    internal abstract void Expand(ReadOnlyMemory<byte> payload, uint flags, CompressionOptions options, ExpandedPayload output);
}

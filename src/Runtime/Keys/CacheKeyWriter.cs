using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace TypedCache.Keys;

/// <summary>
/// Writes a key as UTF-8 on the caller's stack: no string, no culture, no allocation. Used by generated clients:
/// <c>var key = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy)</c>, then the parts in order,
/// then <see cref="Finish"/>.
/// </summary>
public ref struct CacheKeyWriter
{
    /// <summary>The longest key that memcached accepts, in bytes (memcached's protocol.txt, "Keys").</summary>
    public const int MaxLength = 250;

    /// <summary>The size of the buffer to start with, in bytes. Longer keys move to a rented buffer until they are finished.</summary>
    public const int StackSize = 256;

    private static ReadOnlySpan<byte> Controls =>
    [
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10,
        0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F, 0x20,
    ];

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Controls, 0x7F, (byte)'%']);

    private static readonly SearchValues<byte> ForbiddenBytes = SearchValues.Create([.. Controls, 0x7F]);

    // ASCII of which nothing has to be changed.
    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create(
        "!\"#$&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private readonly Span<byte> _stack;
    private readonly KeyPolicy _policy;
    private readonly int _maxLength;
    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _length;

    /// <summary>Begins a key.</summary>
    /// <param name="buffer">Where the key is written: at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept.</param>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is too small.</exception>
    public CacheKeyWriter(Span<byte> buffer, KeyPolicy policy)
        : this(buffer, policy, MaxLength)
    {
    }

    /// <summary>Begins a key for a pool with a prefix.</summary>
    /// <param name="buffer">Where the key is written: at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept.</param>
    /// <param name="maxLength">How many bytes the pool's prefix leaves for the key (<c>MemcachedPool.MaxKeyLength</c>).</param>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is not from 1 to <see cref="MaxLength"/>.</exception>
    public CacheKeyWriter(Span<byte> buffer, KeyPolicy policy, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxLength, MaxLength);
        if (buffer.Length < MaxLength)
        {
            throw new ArgumentException($"The buffer has {buffer.Length} bytes; a key needs {MaxLength}.", nameof(buffer));
        }

        _stack = buffer;
        _buffer = buffer;
        _policy = policy;
        _maxLength = maxLength;
    }

    /// <summary>
    /// What exceptions show in the place of the key and its parts, because they are secrets (<see cref="KeyPartAttribute.Sensitive"/>);
    /// null: the key itself.
    /// </summary>
    public string? ShownAs { get; init; }

    /// <summary>Appends a fixed part as it is. The generator has checked it; the pool checks the whole key before it sends it.</summary>
    public void AppendLiteral(scoped ReadOnlySpan<byte> literal)
    {
        if (literal.Length > _buffer.Length - _length)
        {
            Grow(literal.Length);
        }

        literal.CopyTo(_buffer[_length..]);
        _length += literal.Length;
    }

    /// <summary>Appends a number, a Guid, a date or another value that formats itself as UTF-8, in the invariant culture.</summary>
    /// <remarks>
    /// Equal numbers have one text: <c>1.50m</c> is written like <c>1.5m</c>, and <c>-0.0</c> like <c>0.0</c>. So have equal
    /// <see cref="DateTimeOffset"/>s with the format <c>O</c> or none: they are written in UTC.
    /// </remarks>
    /// <param name="value">The value.</param>
    /// <param name="format">The format, or empty for the type's own.</param>
    /// <param name="delimiter">The first byte of the literal after the placeholder, if the value must not contain it as it is; else 0.</param>
    public void Append<T>(T value, scoped ReadOnlySpan<char> format = default, byte delimiter = 0)
        where T : IUtf8SpanFormattable
    {
        value = EqualValues.Normalize(value, format);
        int written;
        while (!value.TryFormat(_buffer[_length..], out written, format, CultureInfo.InvariantCulture))
        {
            Grow(_buffer.Length);
        }

        var part = _buffer.Slice(_length, written);
        if ((!(format.IsEmpty && IsInteger<T>()) && part.ContainsAnyExcept(PlainBytes)) || (delimiter != 0 && part.Contains(delimiter)))
        {
            Commit(written, delimiter, Utf8.IsValid(part));
        }
        else
        {
            _length += written;
        }
    }

    /// <summary>Appends a value that formats itself as UTF-16 alone, in the invariant culture.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">The format, or empty for the type's own.</param>
    /// <param name="delimiter">The first byte of the literal after the placeholder, if the value must not contain it as it is; else 0.</param>
    public void AppendText<T>(T value, scoped ReadOnlySpan<char> format = default, byte delimiter = 0)
        where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[StackSize];
        char[]? rented = null;
        int written;
        while (!value.TryFormat(text, out written, format, CultureInfo.InvariantCulture))
        {
            var larger = ArrayPool<char>.Shared.Rent(2 * text.Length);
            Return(rented);
            text = rented = larger;
        }

        Append(text[..written], delimiter);
        Return(rented);
    }

    /// <summary>Appends a value that formats itself only as a string, in the invariant culture. Allocates that string.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">The format. The type's own is not used, since it is made for people and may leave out a part of the value.</param>
    /// <param name="delimiter">The first byte of the literal after the placeholder, if the value must not contain it as it is; else 0.</param>
    public void AppendString<T>(T value, string format, byte delimiter = 0)
        where T : IFormattable => Append(value.ToString(format, CultureInfo.InvariantCulture), delimiter);

    /// <summary>Appends <c>true</c> or <c>false</c>; under <see cref="KeyPolicy.Pecl"/> what PHP makes of a bool: <c>1</c> or nothing.</summary>
    public void Append(bool value)
    {
        if (_policy == KeyPolicy.Pecl)
        {
            AppendLiteral(value ? "1"u8 : default);
        }
        else
        {
            AppendLiteral(value ? "true"u8 : "false"u8);
        }
    }

    /// <summary>
    /// Appends text as UTF-8, which cannot hold a lone surrogate: <see cref="KeyPolicy.Escape"/> percent-encodes it,
    /// <see cref="KeyPolicy.Pecl"/> writes U+FFFD for it.
    /// </summary>
    /// <param name="value">The text.</param>
    /// <param name="delimiter">The first byte of the literal after the placeholder, if the value must not contain it as it is; else 0.</param>
    /// <exception cref="CacheKeyException">Under <see cref="KeyPolicy.Reject"/>, the text is not acceptable as it is.</exception>
    public void Append(scoped ReadOnlySpan<char> value, byte delimiter = 0)
    {
        var room = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (room > _buffer.Length - _length)
        {
            Grow(room);
        }

        var written = EncodeUtf8(value, _buffer[_length..], out var isUtf8);
        Commit(written, delimiter, isUtf8);
    }

    /// <inheritdoc cref="Append(ReadOnlySpan{char}, byte)"/>
    public void Append(char value) => Append(value, delimiter: 0);

    /// <inheritdoc cref="Append(ReadOnlySpan{char}, byte)"/>
    public void Append(char value, byte delimiter) => Append(new ReadOnlySpan<char>(in value), delimiter);

    /// <inheritdoc cref="Append(ReadOnlySpan{char}, byte)"/>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public void Append(string value, byte delimiter = 0)
    {
        ArgumentNullException.ThrowIfNull(value);
        Append(value.AsSpan(), delimiter);
    }

    /// <summary>Appends text whose length is bounded by <see cref="KeyPartAttribute"/>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="maxLength">The longest text allowed, in UTF-16 code units.</param>
    /// <param name="name">What the text is called in the template, for the message.</param>
    /// <param name="delimiter">The first byte of the literal after the placeholder, if the value must not contain it as it is; else 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="CacheKeyException"><paramref name="value"/> is longer than <paramref name="maxLength"/>.</exception>
    public void Append(string value, int maxLength, string name, byte delimiter = 0)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > maxLength)
        {
            ThrowTooLong(value, maxLength, name);
        }

        Append(value.AsSpan(), delimiter);
    }

    /// <summary>Ends the key and returns its bytes, which are in the buffer passed to the constructor.</summary>
    /// <exception cref="CacheKeyException">
    /// The key is empty, or under <see cref="KeyPolicy.Reject"/> over <see cref="MaxLength"/> bytes, or the pool's prefix leaves no room for
    /// a hash.
    /// </exception>
    public ReadOnlySpan<byte> Finish()
    {
        if (_length == 0)
        {
            throw new CacheKeyException("The key is empty: every argument of its template is empty. memcached needs at least one byte.");
        }

        if (_length > _maxLength)
        {
            Shorten();
        }

        if (_policy == KeyPolicy.Pecl)
        {
            ReplaceBlanks(_buffer[.._length]);
        }

        if (_rented is not null)
        {
            _buffer[.._length].CopyTo(_stack);
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
            _buffer = _stack;
        }

        return _stack[.._length];
    }

    /// <summary>Ends the key and returns it as text, which names the same key when it is passed to a pool.</summary>
    /// <inheritdoc cref="Finish" path="/exception"/>
    public string FinishText() => ToText(Finish());

    /// <summary>A key as text, which names the same key when it is passed to a pool: see <c>MemcachedPoolOptions.KeyPolicy</c>.</summary>
    /// <param name="key">What <see cref="Finish"/> returned.</param>
    /// <remarks>
    /// Under <see cref="KeyPolicy.Pecl"/> a key can end within a character. What is left of it is shown as U+DC80 to U+DCFF, one for each
    /// byte.
    /// </remarks>
    public static string ToText(ReadOnlySpan<byte> key) => CutCharacter.TextOf(key);

    /// <summary>Appends a whole key that is passed as text, as <see cref="ToText"/> gives it.</summary>
    internal void AppendWhole(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> bytes = stackalloc byte[3];
        var cut = _policy == KeyPolicy.Escape ? 0 : CutCharacter.Read(key, bytes);
        Append(key.AsSpan(0, key.Length - cut));
        AppendLiteral(bytes[..cut]);
    }

    /// <summary>
    /// Checks a key as it goes on the wire: 1 to 250 bytes, none of them up to 0x20. 0x7F does no harm there, and pecl-memcache sends it.
    /// </summary>
    /// <exception cref="CacheKeyException">The key is not valid; the message names what and where.</exception>
    internal static void Validate(ReadOnlySpan<byte> key, string? shownAs = null)
    {
        if ((uint)(key.Length - 1) >= MaxLength || key.ContainsAnyInRange((byte)0, (byte)0x20))
        {
            ThrowInvalid(key, shownAs);
        }
    }

    private static void ThrowTooLong(string value, int maxLength, string name) => throw new CacheKeyException(
        $"The argument '{name}' has {value.Length} characters; [KeyPart(MaxLength = {maxLength})] allows at most {maxLength}. Shorten it, or raise MaxLength.");

    /// <summary>The first byte that no argument may have as it is; -1 if there is none.</summary>
    internal static int IndexOfForbidden(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(ForbiddenBytes);

    internal static void ThrowInvalid(ReadOnlySpan<byte> key, string? shownAs)
    {
        if (key.IsEmpty)
        {
            throw new CacheKeyException("The key is empty; memcached needs at least one byte.");
        }

        if (key.Length > MaxLength)
        {
            throw new CacheKeyException(
                $"The key {ShownText.Of(key, shownAs)} has {key.Length} bytes; memcached takes at most {MaxLength}. Shorten it, or use KeyPolicy.Escape.");
        }

        var at = key.IndexOfAnyInRange((byte)0, (byte)0x20);
        throw new CacheKeyException(
            $"The key {ShownText.Of(key, shownAs)} has byte 0x{key[at]:X2} at position {at}; memcached does not allow spaces or control characters. Escape it, or use KeyPolicy.Escape.");
    }

    private void Commit(int written, byte delimiter, bool isUtf8)
    {
        var part = _buffer.Slice(_length, written);
        if (_policy != KeyPolicy.Pecl && (!isUtf8 || part.ContainsAny(EscapedBytes) || (delimiter != 0 && part.Contains(delimiter))))
        {
            if (_policy == KeyPolicy.Reject)
            {
                RejectPart(part, delimiter, isUtf8);
            }
            else
            {
                written = isUtf8 && delimiter < 0x80 ? Escape(written, delimiter) : EscapeCharacters(written, delimiter);
            }
        }

        _length += written;
    }

    // The key stays UTF-8, so that it can be given as text: a character is escaped with all of its bytes, and so is what is none.
    private int EscapeCharacters(int written, byte delimiter)
    {
        ReadOnlySpan<byte> rest = _buffer.Slice(_length, written).ToArray();
        if (3 * written > _buffer.Length - _length)
        {
            Grow(3 * written);
        }

        var to = _length;
        while (!rest.IsEmpty)
        {
            var isCharacter = Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.Done;
            var escapes = !isCharacter || NeedsEscape(rest[0], delimiter);
            foreach (var value in rest[..length])
            {
                if (escapes)
                {
                    _buffer[to++] = (byte)'%';
                    _buffer[to++] = KeyTail.HexDigit(value >> 4);
                    _buffer[to++] = KeyTail.HexDigit(value & 0xF);
                }
                else
                {
                    _buffer[to++] = value;
                }
            }

            rest = rest[length..];
        }

        return to - _length;
    }

    // Escapes from the back to the front, in place: each byte moves at most once.
    private int Escape(int written, byte delimiter)
    {
        var escapes = 0;
        foreach (var value in _buffer.Slice(_length, written))
        {
            escapes += NeedsEscape(value, delimiter) ? 1 : 0;
        }

        var total = written + (2 * escapes);
        if (total > _buffer.Length - _length)
        {
            Grow(total, keep: written);
        }

        var part = _buffer.Slice(_length, total);
        var to = total;
        for (var from = written - 1; from >= 0; from--)
        {
            var value = part[from];
            if (NeedsEscape(value, delimiter))
            {
                part[--to] = KeyTail.HexDigit(value & 0xF);
                part[--to] = KeyTail.HexDigit(value >> 4);
                part[--to] = (byte)'%';
            }
            else
            {
                part[--to] = value;
            }
        }

        return total;
    }

    // Digits and a sign need no escape. For a value type the compiler knows the answer.
    private static bool IsInteger<T>() =>
        typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(uint) || typeof(T) == typeof(ulong)
        || typeof(T) == typeof(short) || typeof(T) == typeof(ushort) || typeof(T) == typeof(byte) || typeof(T) == typeof(sbyte);

    private static bool NeedsEscape(byte value, byte delimiter) =>
        value is <= 0x20 or 0x7F or (byte)'%' || (value == delimiter && delimiter != 0);

    private readonly void RejectPart(ReadOnlySpan<byte> part, byte delimiter, bool isUtf8)
    {
        if (!isUtf8)
        {
            throw new CacheKeyException(
                $"The key part {ShownText.Of(part, ShownAs)} is not UTF-8, or has half of a surrogate pair, which KeyPolicy.Reject does not allow. Change the argument, or use KeyPolicy.Escape.");
        }

        // '%' needs no escape of its own where nothing is escaped.
        var at = IndexOfForbidden(part);
        if (at < 0 && delimiter != 0)
        {
            at = part.IndexOf(delimiter);
        }

        if (at >= 0)
        {
            throw new CacheKeyException(
                $"The key part {ShownText.Of(part, ShownAs)} has byte 0x{part[at]:X2} at position {at}, which KeyPolicy.Reject does not allow there. Change the argument, or use KeyPolicy.Escape.");
        }
    }

    // What is too long only with the pool's prefix ends in a hash under Reject as well: nobody could have refused it before the prefix was
    // known. Escape shortens twice, as a pool does that gets the key as text.
    private void Shorten()
    {
        if (_policy == KeyPolicy.Pecl)
        {
            _length = _maxLength;
            return;
        }

        if (_length > MaxLength)
        {
            if (_policy == KeyPolicy.Reject)
            {
                throw new CacheKeyException(
                    $"The key {ShownText.Of(_buffer[.._length], ShownAs)} has {_length} bytes; memcached takes at most {MaxLength}. Shorten an argument, or use KeyPolicy.Escape.");
            }

            _length = KeyTail.Write(_buffer[.._length], MaxLength, _buffer, ShownAs);
        }

        if (_length > _maxLength)
        {
            _length = KeyTail.Write(_buffer[.._length], _maxLength, _buffer, ShownAs);
        }
    }

    private static void ReplaceBlanks(Span<byte> key)
    {
        foreach (ref var value in key)
        {
            if (value <= 0x20)
            {
                value = (byte)'_';
            }
        }
    }

    private readonly int EncodeUtf8(ReadOnlySpan<char> text, Span<byte> output, out bool isUtf8)
    {
        isUtf8 = true;
        var written = 0;
        while (!text.IsEmpty)
        {
            var status = Utf8.FromUtf16(text, output[written..], out var read, out var bytes, replaceInvalidSequences: _policy == KeyPolicy.Pecl);
            Debug.Assert(status != OperationStatus.DestinationTooSmall, "the caller made room for the worst case");
            written += bytes;
            text = text[read..];
            if (!text.IsEmpty)
            {
                isUtf8 = false;
                written += EncodeSurrogate(text[0], output[written..]);
                text = text[1..];
            }
        }

        return written;
    }

    private static int EncodeSurrogate(char surrogate, Span<byte> output)
    {
        output[0] = (byte)(0xE0 | (surrogate >> 12));
        output[1] = (byte)(0x80 | ((surrogate >> 6) & 0x3F));
        output[2] = (byte)(0x80 | (surrogate & 0x3F));
        return 3;
    }

    private static void Return(char[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private void Grow(int more, int keep = 0)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _length + more));
        _buffer[..(_length + keep)].CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }

        _rented = larger;
        _buffer = larger;
    }
}

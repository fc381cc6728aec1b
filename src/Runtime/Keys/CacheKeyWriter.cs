using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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

    // '%' in a variable part is always followed by two hex digits, so no argument can imitate the mark of a hashed tail.
    private const int HashBytes = 16;
    private static ReadOnlySpan<byte> HashMark => "%="u8;

    private static ReadOnlySpan<byte> Controls =>
    [
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10,
        0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F, 0x20,
    ];

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Controls, 0x7F, (byte)'%']);

    private static readonly SearchValues<byte> ForbiddenBytes = SearchValues.Create([.. Controls, 0x7F]);

    // What would end a key on the wire. 0x7F does no harm there, and pecl-memcache sends it.
    private static readonly SearchValues<byte> BreakingBytes = SearchValues.Create(Controls);

    private readonly Span<byte> _stack;
    private readonly KeyPolicy _policy;
    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _length;

    /// <summary>Begins a key.</summary>
    /// <param name="buffer">Where the key is written: at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept.</param>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is too small.</exception>
    public CacheKeyWriter(Span<byte> buffer, KeyPolicy policy)
    {
        if (buffer.Length < MaxLength)
        {
            throw new ArgumentException($"The buffer has {buffer.Length} bytes; a key needs {MaxLength}.", nameof(buffer));
        }

        _stack = buffer;
        _buffer = buffer;
        _policy = policy;
    }

    /// <summary>Appends a fixed part as it is. The generator has checked it.</summary>
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

        Commit(written, delimiter);
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

    /// <summary>Appends text as UTF-8. A lone surrogate has an encoding of its own, so that it equals no other text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="delimiter">The first byte of the literal after the placeholder, if the value must not contain it as it is; else 0.</param>
    public void Append(scoped ReadOnlySpan<char> value, byte delimiter = 0)
    {
        var room = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (room > _buffer.Length - _length)
        {
            Grow(room);
        }

        Commit(EncodeUtf8(value, _buffer[_length..]), delimiter);
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
    /// <exception cref="CacheKeyException">The key is empty, or under <see cref="KeyPolicy.Reject"/> too long.</exception>
    public ReadOnlySpan<byte> Finish()
    {
        if (_length == 0)
        {
            throw new CacheKeyException("The key is empty: every argument of its template is empty. memcached needs at least one byte.");
        }

        if (_length > MaxLength)
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

    /// <summary>Ends the key and returns it as text, for logs.</summary>
    /// <inheritdoc cref="Finish" path="/exception"/>
    public string FinishText() => Encoding.UTF8.GetString(Finish());

    /// <summary>
    /// Checks a key that is used as it is: 1 to 250 bytes, none of them up to 0x20.
    /// </summary>
    /// <exception cref="CacheKeyException">The key is not valid; the message names what and where.</exception>
    internal static void Validate(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty || key.Length > MaxLength || key.ContainsAny(BreakingBytes))
        {
            ThrowInvalid(key);
        }
    }

    private static void ThrowTooLong(string value, int maxLength, string name) => throw new CacheKeyException(
        $"The argument '{name}' has {value.Length} characters; [KeyPart(MaxLength = {maxLength})] allows at most {maxLength}. Shorten it, or raise MaxLength.");

    private static void ThrowInvalid(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            throw new CacheKeyException("The key is empty; memcached needs at least one byte.");
        }

        if (key.Length > MaxLength)
        {
            throw new CacheKeyException(
                $"The key {ShownText.Of(key)} has {key.Length} bytes; memcached takes at most {MaxLength}. Shorten it, or use KeyPolicy.Escape.");
        }

        var at = key.IndexOfAny(BreakingBytes);
        throw new CacheKeyException(
            $"The key {ShownText.Of(key)} has byte 0x{key[at]:X2} at position {at}; memcached does not allow spaces or control characters. Escape it, or use KeyPolicy.Escape.");
    }

    private void Commit(int written, byte delimiter)
    {
        var part = _buffer.Slice(_length, written);
        if (_policy != KeyPolicy.Pecl && (part.ContainsAny(EscapedBytes) || (delimiter != 0 && part.Contains(delimiter))))
        {
            if (_policy == KeyPolicy.Reject)
            {
                RejectPart(part, delimiter);
            }
            else
            {
                written = Escape(written, delimiter);
            }
        }

        _length += written;
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
                part[--to] = HexDigit(value & 0xF);
                part[--to] = HexDigit(value >> 4);
                part[--to] = (byte)'%';
            }
            else
            {
                part[--to] = value;
            }
        }

        return total;
    }

    private static bool NeedsEscape(byte value, byte delimiter) =>
        value is <= 0x20 or 0x7F or (byte)'%' || (value == delimiter && delimiter != 0);

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    private static void RejectPart(ReadOnlySpan<byte> part, byte delimiter)
    {
        // '%' needs no escape of its own where nothing is escaped.
        var at = part.IndexOfAny(ForbiddenBytes);
        if (at < 0 && delimiter != 0)
        {
            at = part.IndexOf(delimiter);
        }

        if (at >= 0)
        {
            throw new CacheKeyException(
                $"The key part {ShownText.Of(part)} has byte 0x{part[at]:X2} at position {at}, which KeyPolicy.Reject does not allow there. Change the argument, or use KeyPolicy.Escape.");
        }
    }

    private void Shorten()
    {
        switch (_policy)
        {
            case KeyPolicy.Pecl:
                _length = MaxLength;
                break;
            case KeyPolicy.Reject:
                throw new CacheKeyException(
                    $"The key {ShownText.Of(_buffer[.._length])} has {_length} bytes; memcached takes at most {MaxLength}. Shorten an argument, or use KeyPolicy.Escape.");
            default:
                HashTail();
                break;
        }
    }

    // SHA-256 cut to 128 bits: arguments may come from outside, so nobody may be able to find two with the same hash.
    private void HashTail()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer[.._length], hash);
        var kept = MaxLength - HashMark.Length - (2 * HashBytes);
        HashMark.CopyTo(_buffer[kept..]);
        var digits = _buffer.Slice(kept + HashMark.Length, 2 * HashBytes);
        for (var i = 0; i < HashBytes; i++)
        {
            digits[2 * i] = HexDigit(hash[i] >> 4);
            digits[(2 * i) + 1] = HexDigit(hash[i] & 0xF);
        }

        _length = MaxLength;
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

    private static int EncodeUtf8(ReadOnlySpan<char> text, Span<byte> output)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var status = System.Text.Unicode.Utf8.FromUtf16(
                text, output[written..], out var read, out var bytes, replaceInvalidSequences: false);
            Debug.Assert(status != OperationStatus.DestinationTooSmall, "the caller made room for the worst case");
            written += bytes;
            text = text[read..];
            if (!text.IsEmpty)
            {
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

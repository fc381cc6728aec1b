using System.Globalization;
using System.Text;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>How the text of an argument is changed on its way into a key. Does what the runtime's <c>CacheKeyWriter</c> does.</summary>
internal sealed class KeyEscaping
{
    private const byte Percent = (byte)'%';
    private const int EscapedLength = 3;
    private const string HexDigits = "0123456789ABCDEF";

    private static readonly ByteSet Blanks = ByteSet.Range(0, 0x20);
    private static readonly ByteSet Controls = Blanks | ByteSet.Of(0x7F);

    private readonly KeyPolicy _policy;
    private readonly ByteSet _changed;

    /// <summary>Makes the rules of one argument.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="delimiter">What ends the argument; 0 for nothing.</param>
    public KeyEscaping(KeyPolicy policy, byte delimiter)
    {
        _policy = policy;
        _changed = policy switch
        {
            KeyPolicy.Pecl => Blanks,
            KeyPolicy.Reject => Controls,
            _ => Controls | ByteSet.Of(Percent),
        };
        if (delimiter != 0 && policy != KeyPolicy.Pecl)
        {
            _changed |= ByteSet.Of(delimiter);
        }
    }

    public bool IsPecl => _policy == KeyPolicy.Pecl;

    /// <summary>What one of the bytes becomes.</summary>
    public TextPattern Write(ByteSet bytes)
    {
        var changed = bytes & _changed;
        if (changed.IsEmpty)
        {
            return TextPattern.Set(bytes);
        }

        var same = TextPattern.Set(bytes.Except(changed));
        return _policy switch
        {
            KeyPolicy.Pecl => TextPattern.Choice(same, TextPattern.Text("_")),
            KeyPolicy.Reject => same,
            _ => TextPattern.Choice([same, .. changed.Symbols.GroupBy(static symbol => symbol >> 4).Select(static group => Escape(group.Key, group))]),
        };
    }

    /// <summary>The texts that can have become these bytes. Where blanks were replaced, only some of them.</summary>
    public IEnumerable<string> Read(byte[] bytes)
    {
        var original = _policy == KeyPolicy.Escape ? Unescape(bytes) : bytes;
        if (original is null || Decode(original) is not { } text || (_policy == KeyPolicy.Reject && bytes.Any(value => _changed.Contains(value))))
        {
            return [];
        }

        return IsPecl && text.IndexOf('_') >= 0 ? [text, text.Replace('_', ' ')] : [text];
    }

    /// <summary>The text in UTF-8, with lone surrogates as three bytes; null where it is none.</summary>
    public static string? Decode(byte[] bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; i < bytes.Length;)
        {
            if (i + 2 < bytes.Length && bytes[i] == 0xED && bytes[i + 1] >= 0xA0)
            {
                var surrogate = (char)(0xD000 | ((bytes[i + 1] & 0x3F) << 6) | (bytes[i + 2] & 0x3F));
                if (char.IsLowSurrogate(surrogate) && text.Length > 0 && char.IsHighSurrogate(text[text.Length - 1]))
                {
                    return null;
                }

                text.Append(surrogate);
                i += 3;
                continue;
            }

            var length = bytes[i] < 0x80 ? 1 : bytes[i] < 0xE0 ? 2 : bytes[i] < 0xF0 ? 3 : 4;
            if (i + length > bytes.Length)
            {
                return null;
            }

            text.Append(Encoding.UTF8.GetString(bytes, i, length));
            i += length;
        }

        return text.ToString();
    }

    // All bytes with the same first digit.
    private static TextPattern Escape(int first, IEnumerable<int> values) => TextPattern.Sequence(
        TextPattern.Text("%" + HexDigits[first]), TextPattern.Set(string.Concat(values.Select(static value => HexDigits[value & 0xF]))));

    // Null where a byte should have been escaped, or was needlessly.
    private byte[]? Unescape(byte[] bytes)
    {
        var original = new List<byte>();
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            if (value == Percent)
            {
                if (i + EscapedLength > bytes.Length
                    || !byte.TryParse(Encoding.ASCII.GetString(bytes, i + 1, EscapedLength - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
                    || !_changed.Contains(value))
                {
                    return null;
                }

                i += EscapedLength - 1;
            }
            else if (_changed.Contains(value))
            {
                return null;
            }

            original.Add(value);
        }

        return [.. original];
    }
}

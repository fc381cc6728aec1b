using System.Buffers.Text;

namespace TypedCache.Values.Php;

/// <summary>
/// A string, number or bool that PHP serialized without need: the text inside is what the extensions otherwise store for such a
/// value.
/// </summary>
internal static class PhpScalar
{
    // The shortest is i:0;
    private const int MinLength = 4;
    private const int TypeLength = 2;

    /// <summary>
    /// Takes the value out of what PHP serialized; what is not a scalar or is damaged stays as it is. Other clients have the flags of
    /// numbers for other things, so a number has to look like one.
    /// </summary>
    public static ValueKind Open(ValueKind kind, ref ReadOnlyMemory<byte> payload)
    {
        switch (kind)
        {
            case ValueKind.PhpSerialized when TryUnwrap(payload, out var inner, out var scalar):
                payload = scalar;
                return inner;
            case ValueKind.Integer when !NumberText.IsInteger(payload.Span):
            case ValueKind.Float when !NumberText.IsFloat(payload.Span):
                return ValueKind.Unknown;
            default:
                return kind;
        }
    }

    private static bool TryUnwrap(ReadOnlyMemory<byte> serialized, out ValueKind kind, out ReadOnlyMemory<byte> payload)
    {
        (kind, payload) = (ValueKind.PhpSerialized, serialized);
        var text = serialized.Span;
        if (text.Length < MinLength || text[1] != ':' || text[^1] != ';')
        {
            return false;
        }

        var inner = serialized[TypeLength..^1];
        switch (text[0])
        {
            case (byte)'s':
                return TryUnwrapString(inner, ref kind, ref payload);
            case (byte)'i':
                kind = ValueKind.Integer;
                break;
            case (byte)'d':
                kind = ValueKind.Float;
                break;
            case (byte)'b' when inner.Span is [(byte)'0' or (byte)'1']:
                kind = ValueKind.Boolean;
                break;
            default:
                return false;
        }

        payload = inner;
        return true;
    }

    // 5:"hello", without the letter before it and the semicolon after it.
    private static bool TryUnwrapString(ReadOnlyMemory<byte> quoted, ref ValueKind kind, ref ReadOnlyMemory<byte> payload)
    {
        var colon = quoted.Span.IndexOf((byte)':');
        if (colon < 0
            || !Utf8Parser.TryParse(quoted.Span[..colon], out uint length, out var digits) || digits != colon
            || quoted.Length != colon + 3L + length || quoted.Span[colon + 1] != '"' || quoted.Span[^1] != '"')
        {
            return false;
        }

        kind = ValueKind.Raw;
        payload = quoted[(colon + 2)..^1];
        return true;
    }
}

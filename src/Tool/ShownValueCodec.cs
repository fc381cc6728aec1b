using System.Text;
using System.Text.Unicode;
using MessagePack;
using TypedCache.Values;

namespace TypedCache.Tool;

/// <summary>Reads a value of any type for display: MessagePack as JSON, text as text, other bytes in hexadecimal digits.</summary>
internal sealed class ShownValueCodec : ICacheCodec<ShownValue>
{
    private const int MaxLength = 1000;

    public static ShownValueCodec Instance { get; } = new();

    public void Write(ref ValueWriter writer, ShownValue value) => throw new NotSupportedException("Values are only shown.");

    public ShownValue Read(in StoredValue stored) => new(stored.Flags, stored.Kind, stored.Payload.Length, Cut(Decode(stored)));

    private static string Decode(in StoredValue stored)
    {
        if (stored.Kind == ValueKind.MessagePack)
        {
            return MessagePackSerializer.ConvertToJson(stored.Payload);
        }

        var bytes = stored.Payload.Span;
        return Utf8.IsValid(bytes) ? Printable(Encoding.UTF8.GetString(bytes)) : Convert.ToHexString(bytes[..Math.Min(bytes.Length, MaxLength)]);
    }

    // A stored value may not control the terminal.
    private static string Printable(string text) => string.Concat(text.Select(value => char.IsControl(value) && value is not '\n' ? '?' : value));

    private static string Cut(string text) => text.Length <= MaxLength ? text : $"{text[..MaxLength]}...";
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using MessagePack;
using TypedCache.Values;

namespace TypedCache.Tests.Values.Php;

/// <summary>Shows any MessagePack as JSON, in the way of PHP's <c>json_encode()</c>.</summary>
internal sealed class JsonCodec : MessagePackCodec<string>
{
    protected override void Serialize(ref MessagePackWriter writer, string value) => throw new NotSupportedException();

    protected override string Deserialize(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Array:
                return $"[{Join(reader.ReadArrayHeader(), ref reader, named: false)}]";
            case MessagePackType.Map:
                return $"{{{Join(reader.ReadMapHeader(), ref reader, named: true)}}}";
            case MessagePackType.Nil:
                reader.ReadNil();
                return "null";
            case MessagePackType.Boolean:
                return reader.ReadBoolean() ? "true" : "false";
            case MessagePackType.Integer:
                return reader.ReadInt64().ToString(CultureInfo.InvariantCulture);
            case MessagePackType.Float:
                return reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture);
            default:
                return JsonSerializer.Serialize(reader.ReadString());
        }
    }

    private string Join(int count, ref MessagePackReader reader, bool named)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            if (named)
            {
                text.Append('"').Append(Deserialize(ref reader).Trim('"')).Append("\":");
            }

            text.Append(Deserialize(ref reader));
        }

        return text.ToString();
    }
}

using MessagePack;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Strings in an array.</summary>
internal sealed class TextListCodec : MessagePackCodec<List<string>?>
{
    protected override void Serialize(ref MessagePackWriter writer, List<string>? value)
    {
        writer.WriteArrayHeader(value!.Count);
        foreach (var text in value)
        {
            writer.Write(text);
        }
    }

    protected override List<string>? Deserialize(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        var count = reader.ReadArrayHeader();
        var value = new List<string>();
        for (var i = 0; i < count; i++)
        {
            value.Add(reader.ReadString()!);
        }

        return value;
    }
}

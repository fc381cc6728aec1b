#nullable enable

namespace Shapes;

/// <summary>Shapes.Chosen as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class ChosenCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Chosen>
{
    public static readonly ChosenCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Chosen? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(13);
        for (int key = 0; key < 5; key++)
        {
            writer.WriteNil();
        }

        writer.Write(value.Id);
        writer.WriteNil();
        writer.Write(value.Name);
        writer.Write(value.Extra);
        writer.WriteNil();
        writer.WriteNil();
        writer.WriteNil();
        writer.Write(value.Double);
    }

    public static global::Shapes.Chosen? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int id = default;
        string name = null!;
        long extra = default;
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 5:
                    id = reader.ReadInt32();
                    break;
                case 7:
                    name = reader.ReadString()!;
                    break;
                case 8:
                    extra = reader.ReadInt64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        global::Shapes.Chosen result = new global::Shapes.Chosen(id, name);
        if (count > 8)
        {
            result.Extra = extra;
        }

        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Chosen value) => Write(ref writer, value);

    protected override global::Shapes.Chosen Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

#nullable enable

namespace Shapes;

/// <summary>Shapes.Concealing as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class ConcealingCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Concealing>
{
    public static readonly ConcealingCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Concealing? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(4);
        writer.Write(((global::Shapes.Concealed)value).Value);
        writer.Write(value.Value);
        writer.Write(((global::Shapes.Concealed)value).Field);
        writer.Write(value.Field);
    }

    public static global::Shapes.Concealing? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.Concealing result = new global::Shapes.Concealing();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    ((global::Shapes.Concealed)result).Value = reader.ReadInt32();
                    break;
                case 1:
                    result.Value = reader.ReadInt32();
                    break;
                case 2:
                    ((global::Shapes.Concealed)result).Field = reader.ReadInt32();
                    break;
                case 3:
                    result.Field = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Concealing value) => Write(ref writer, value);

    protected override global::Shapes.Concealing Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

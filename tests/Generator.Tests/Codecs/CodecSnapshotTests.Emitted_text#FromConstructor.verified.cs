#nullable enable

namespace Shapes;

/// <summary>Shapes.FromConstructor as a MessagePack map by name.</summary>
[global::System.Obsolete]
file sealed class FromConstructorCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.FromConstructor>
{
    public static readonly FromConstructorCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.FromConstructor? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(4);
        writer.WriteString("Name"u8);
        writer.Write(value.Name);
        writer.WriteString("Count"u8);
        writer.Write(value.Count);
        writer.WriteString("hasKey"u8);
        writer.Write(value.hasKey);
        writer.WriteString("Key"u8);
        writer.Write(value.Key);
    }

    public static global::Shapes.FromConstructor? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        string name = null!;
        int countValue = default;
        int hasKey = default;
        bool hasHasKey = false;
        string? keyValue = null;
        bool hasKeyValue = false;
        int count = reader.ReadMapHeader();
        for (int index = 0; index < count; index++)
        {
            global::System.ReadOnlySpan<byte> key = global::MessagePack.Internal.CodeGenHelpers.ReadStringSpan(ref reader);
            switch (key.Length)
            {
                case 4 when global::System.MemoryExtensions.SequenceEqual(key, "Name"u8):
                    name = reader.ReadString()!;
                    break;
                case 5 when global::System.MemoryExtensions.SequenceEqual(key, "Count"u8):
                    countValue = reader.ReadInt32();
                    break;
                case 6 when global::System.MemoryExtensions.SequenceEqual(key, "hasKey"u8):
                    hasKey = reader.ReadInt32();
                    hasHasKey = true;
                    break;
                case 3 when global::System.MemoryExtensions.SequenceEqual(key, "Key"u8):
                    keyValue = reader.ReadString();
                    hasKeyValue = true;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        global::Shapes.FromConstructor result = new global::Shapes.FromConstructor(name, countValue);
        if (hasHasKey)
        {
            result.hasKey = hasKey;
        }

        if (hasKeyValue)
        {
            result.Key = keyValue;
        }

        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.FromConstructor value) => Write(ref writer, value);

    protected override global::Shapes.FromConstructor Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

#nullable enable

namespace Shapes;

/// <summary>Shapes.Point as a MessagePack map by name.</summary>
[global::System.Obsolete]
file sealed class PointCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Point>
{
    public static readonly PointCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Point? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(3);
        writer.WriteString("X"u8);
        writer.Write(value.X);
        writer.WriteString("Y"u8);
        writer.Write(value.Y);
        writer.WriteString("Label"u8);
        writer.Write(value.Label);
    }

    public static global::Shapes.Point? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int x = default;
        int y = default;
        string? label = null;
        bool hasLabel = false;
        int count = reader.ReadMapHeader();
        for (int index = 0; index < count; index++)
        {
            global::System.ReadOnlySpan<byte> key = global::MessagePack.Internal.CodeGenHelpers.ReadStringSpan(ref reader);
            switch (key.Length)
            {
                case 1 when global::System.MemoryExtensions.SequenceEqual(key, "X"u8):
                    x = reader.ReadInt32();
                    break;
                case 1 when global::System.MemoryExtensions.SequenceEqual(key, "Y"u8):
                    y = reader.ReadInt32();
                    break;
                case 5 when global::System.MemoryExtensions.SequenceEqual(key, "Label"u8):
                    label = reader.ReadString();
                    hasLabel = true;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        global::Shapes.Point result = new global::Shapes.Point(x, y);
        if (hasLabel)
        {
            SetLabel(result, label);
        }

        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Point value) => Write(ref writer, value);

    protected override global::Shapes.Point Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;

    // C# allows init only where an object is made; called later, a missing key keeps the initializer's value.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Label")]
    private static extern void SetLabel(global::Shapes.Point target, string? value);
}

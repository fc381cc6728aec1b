#nullable enable

namespace Shapes;

/// <summary>Shapes.Cell as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class CellCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Cell>
{
    public static readonly CellCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Cell value)
    {
        writer.WriteArrayHeader(4);
        writer.Write(XField(ref value));
        writer.Write(TextField(ref value));
        writer.Write(GetWeight(ref value));
        global::MessagePack.Formatters.GuidFormatter.Instance.Serialize(ref writer, value.Id, null!);
    }

    public static global::Shapes.Cell Read(ref global::MessagePack.MessagePackReader reader)
    {
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int x = default;
        string? text = null;
        double weight = default;
        global::System.Guid id = default;
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    x = reader.ReadInt32();
                    break;
                case 1:
                    text = reader.ReadString();
                    break;
                case 2:
                    weight = reader.ReadDouble();
                    break;
                case 3:
                    id = global::MessagePack.Formatters.GuidFormatter.Instance.Deserialize(ref reader, null!);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        global::Shapes.Cell result = new global::Shapes.Cell(x, text);
        if (count > 2)
        {
            SetWeight(ref result, weight);
        }

        if (count > 3)
        {
            SetId(ref result, id);
        }

        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Cell value) => Write(ref writer, value);

    protected override global::Shapes.Cell Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader);

    // The type stores what is not public as well.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_x")]
    private static extern ref int XField(ref global::Shapes.Cell target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_text")]
    private static extern ref string? TextField(ref global::Shapes.Cell target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "get_Weight")]
    private static extern double GetWeight(ref global::Shapes.Cell target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Weight")]
    private static extern void SetWeight(ref global::Shapes.Cell target, double value);

    // C# allows init only where an object is made; called later, a missing key keeps the initializer's value.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void SetId(ref global::Shapes.Cell target, global::System.Guid value);
}

#nullable enable

namespace Shapes;

/// <summary>Shapes.InitOnly as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class InitOnlyCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.InitOnly>
{
    public static readonly InitOnlyCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.InitOnly? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(3);
        writer.Write(value.Id);
        writer.Write(value.Text);
        writer.Write(value.Title);
    }

    public static global::Shapes.InitOnly? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.InitOnly result = Create();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    SetId(result, reader.ReadInt32());
                    break;
                case 1:
                    SetText(result, reader.ReadString()!);
                    break;
                case 2:
                    result.Title = reader.ReadString()!;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.InitOnly value) => Write(ref writer, value);

    protected override global::Shapes.InitOnly Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;

    // C# allows init only where an object is made; called later, a missing key keeps the initializer's value.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void SetId(global::Shapes.InitOnly target, int value);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Text")]
    private static extern void SetText(global::Shapes.InitOnly target, string value);

    // The required members are set from the payload, not by an object initializer.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Constructor)]
    private static extern global::Shapes.InitOnly Create();
}

#nullable enable

namespace Shapes;

/// <summary>Shapes.Person as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class PersonCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Person>
{
    public static readonly PersonCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Person? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(4);
        writer.Write(value.Name);
        writer.Write(value.Age);
        writer.Write(value.Nick);
        writer.Write(value.Born);
    }

    public static global::Shapes.Person? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        string name = null!;
        int age = default;
        string? nick = null;
        global::System.DateTime born = default;
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    name = reader.ReadString()!;
                    break;
                case 1:
                    age = reader.ReadInt32();
                    break;
                case 2:
                    nick = reader.ReadString();
                    break;
                case 3:
                    born = reader.ReadDateTime();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        global::Shapes.Person result = new global::Shapes.Person(name, age);
        if (count > 2)
        {
            SetNick(result, nick);
        }

        if (count > 3)
        {
            result.Born = born;
        }

        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Person value) => Write(ref writer, value);

    protected override global::Shapes.Person Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;

    // C# allows init only where an object is made; called later, a missing key keeps the initializer's value.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Nick")]
    private static extern void SetNick(global::Shapes.Person target, string? value);
}

#nullable enable

namespace Shapes;

/// <summary>Shapes.IShape as a MessagePack array of the key of the type and the value.</summary>
[global::System.Obsolete]
file sealed class IShapeCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.IShape>
{
    public static readonly IShapeCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.IShape? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::System.Type type = value.GetType();
        if (type == typeof(global::Shapes.Circle))
        {
            writer.WriteArrayHeader(2);
            writer.Write(0);
            CircleCodec.Write(ref writer, (global::Shapes.Circle)value);
            return;
        }

        if (type == typeof(global::Shapes.Square))
        {
            writer.WriteArrayHeader(2);
            writer.Write(3);
            SquareCodec.Write(ref writer, (global::Shapes.Square)value);
            return;
        }

        if (type == typeof(global::Shapes.Dot))
        {
            writer.WriteArrayHeader(2);
            writer.Write(7);
            DotCodec.Write(ref writer, (global::Shapes.Dot)value);
            return;
        }

        // A type which is not in the union is stored as nil, as MessagePackSerializer stores it.
        writer.WriteNil();
    }

    public static global::Shapes.IShape? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("Shapes.IShape", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::Shapes.IShape? result = null;
        switch (reader.ReadInt32())
        {
            case 0:
                result = CircleCodec.Read(ref reader);
                break;
            case 3:
                result = SquareCodec.Read(ref reader);
                break;
            case 7:
                result = DotCodec.Read(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.IShape value) => Write(ref writer, value);

    protected override global::Shapes.IShape Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

/// <summary>Shapes.Circle as a MessagePack array by key.</summary>
[global::System.Obsolete]
file static class CircleCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Circle? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(1);
        writer.Write(value.Radius);
    }

    public static global::Shapes.Circle? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.Circle result = new global::Shapes.Circle();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    result.Radius = reader.ReadDouble();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }
}

/// <summary>Shapes.Square as a MessagePack map by name.</summary>
[global::System.Obsolete]
file static class SquareCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Square? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(1);
        writer.WriteString("Side"u8);
        writer.Write(value.Side);
    }

    public static global::Shapes.Square? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int side = default;
        int count = reader.ReadMapHeader();
        for (int index = 0; index < count; index++)
        {
            global::System.ReadOnlySpan<byte> key = global::MessagePack.Internal.CodeGenHelpers.ReadStringSpan(ref reader);
            switch (key.Length)
            {
                case 4 when global::System.MemoryExtensions.SequenceEqual(key, "Side"u8):
                    side = reader.ReadInt32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return new global::Shapes.Square(side);
    }
}

/// <summary>Shapes.Dot as a MessagePack array by key.</summary>
[global::System.Obsolete]
file static class DotCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Dot value)
    {
        writer.WriteArrayHeader(1);
        writer.Write(value.X);
    }

    public static global::Shapes.Dot Read(ref global::MessagePack.MessagePackReader reader)
    {
        global::Shapes.Dot result = default(global::Shapes.Dot);
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    result.X = reader.ReadInt32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }
}

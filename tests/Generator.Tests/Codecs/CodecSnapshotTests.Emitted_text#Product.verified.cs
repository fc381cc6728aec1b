#nullable enable

namespace Shapes;

/// <summary>Shapes.Product as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class ProductCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Product>
{
    public static readonly ProductCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Product? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(11);
        writer.Write(value.Id);
        writer.Write(value.Name);
        writer.WriteNil();
        NullableDecimalCodec.Write(ref writer, value.Price);
        ListOfStringCodec.Write(ref writer, value.Tags);
        for (int key = 5; key < 9; key++)
        {
            writer.WriteNil();
        }

        writer.Write((byte)value.Level);
        NullablePartCodec.Write(ref writer, value.Part);
    }

    public static global::Shapes.Product? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.Product result = new global::Shapes.Product();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    result.Id = reader.ReadInt32();
                    break;
                case 1:
                    result.Name = reader.ReadString()!;
                    break;
                case 3:
                    result.Price = NullableDecimalCodec.Read(ref reader);
                    break;
                case 4:
                    result.Tags = ListOfStringCodec.Read(ref reader)!;
                    break;
                case 9:
                    result.Level = (global::Shapes.Level)reader.ReadByte();
                    break;
                case 10:
                    result.Part = NullablePartCodec.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Product value) => Write(ref writer, value);

    protected override global::Shapes.Product Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

/// <summary>decimal? as a MessagePack value or nil.</summary>
[global::System.Obsolete]
file static class NullableDecimalCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, decimal? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::MessagePack.Formatters.DecimalFormatter.Instance.Serialize(ref writer, value.GetValueOrDefault(), null!);
    }

    public static decimal? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        return global::MessagePack.Formatters.DecimalFormatter.Instance.Deserialize(ref reader, null!);
    }
}

/// <summary>System.Collections.Generic.List&lt;string&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class ListOfStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.List<string>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        foreach (string item in value)
        {
            writer.Write(item);
        }
    }

    public static global::System.Collections.Generic.List<string>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::System.Collections.Generic.List<string> items = new global::System.Collections.Generic.List<string>(count);
        for (int index = 0; index < count; index++)
        {
            items.Add(reader.ReadString()!);
        }

        reader.Depth--;
        return items;
    }
}

/// <summary>Shapes.Part? as a MessagePack value or nil.</summary>
[global::System.Obsolete]
file static class NullablePartCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Part? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        PartCodec.Write(ref writer, value.GetValueOrDefault());
    }

    public static global::Shapes.Part? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        return PartCodec.Read(ref reader);
    }
}

/// <summary>Shapes.Part as a MessagePack array by key.</summary>
[global::System.Obsolete]
file static class PartCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Part value)
    {
        writer.WriteArrayHeader(2);
        global::MessagePack.Formatters.GuidFormatter.Instance.Serialize(ref writer, value.Id, null!);
        writer.Write(value.Weight);
    }

    public static global::Shapes.Part Read(ref global::MessagePack.MessagePackReader reader)
    {
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Guid id = default;
        double weight = default;
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    id = global::MessagePack.Formatters.GuidFormatter.Instance.Deserialize(ref reader, null!);
                    break;
                case 1:
                    weight = reader.ReadDouble();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return new global::Shapes.Part(id, weight);
    }
}

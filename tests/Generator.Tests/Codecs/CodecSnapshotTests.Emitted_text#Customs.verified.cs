#nullable enable

namespace Shapes;

/// <summary>Shapes.Customs as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class CustomsCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Customs>
{
    public static readonly CustomsCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Customs? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(5);
        TagsCodec.Write(ref writer, value.Tags);
        SettingsCodec.Write(ref writer, value.Settings);
        BagCodec.Write(ref writer, value.Bag);
        SequenceCodec.Write(ref writer, value.Sequence);
        LookupCodec.Write(ref writer, value.Lookup);
    }

    public static global::Shapes.Customs? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.Customs result = new global::Shapes.Customs();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    result.Tags = TagsCodec.Read(ref reader);
                    break;
                case 1:
                    result.Settings = SettingsCodec.Read(ref reader)!;
                    break;
                case 2:
                    result.Bag = BagCodec.Read(ref reader)!;
                    break;
                case 3:
                    result.Sequence = SequenceCodec.Read(ref reader)!;
                    break;
                case 4:
                    result.Lookup = LookupCodec.Read(ref reader)!;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Customs value) => Write(ref writer, value);

    protected override global::Shapes.Customs Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

/// <summary>Shapes.Tags as a MessagePack array.</summary>
[global::System.Obsolete]
file static class TagsCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Tags? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::System.Collections.Generic.ICollection<string> items = (global::System.Collections.Generic.ICollection<string>)value;
        writer.WriteArrayHeader(items.Count);
        foreach (string item in items)
        {
            writer.Write(item);
        }
    }

    public static global::Shapes.Tags? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::System.Collections.Generic.ICollection<string> items = (global::System.Collections.Generic.ICollection<string>)new global::Shapes.Tags();
        for (int index = 0; index < count; index++)
        {
            items.Add(reader.ReadString()!);
        }

        reader.Depth--;
        return (global::Shapes.Tags)items;
    }
}

/// <summary>Shapes.Settings as a MessagePack map.</summary>
[global::System.Obsolete]
file static class SettingsCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Settings? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::System.Collections.Generic.IDictionary<string, int> items = (global::System.Collections.Generic.IDictionary<string, int>)value;
        writer.WriteMapHeader(items.Count);
        foreach (global::System.Collections.Generic.KeyValuePair<string, int> pair in items)
        {
            writer.Write(pair.Key);
            writer.WriteInt32(pair.Value);
        }
    }

    public static global::Shapes.Settings? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadMapHeader();
        global::System.Collections.Generic.IDictionary<string, int> items = (global::System.Collections.Generic.IDictionary<string, int>)new global::Shapes.Settings();
        for (int index = 0; index < count; index++)
        {
            items.Add(reader.ReadString()!, reader.ReadInt32());
        }

        reader.Depth--;
        return (global::Shapes.Settings)items;
    }
}

/// <summary>Shapes.Bag as a MessagePack array.</summary>
[global::System.Obsolete]
file static class BagCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Bag? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::System.Collections.Generic.ICollection<int> items = (global::System.Collections.Generic.ICollection<int>)value;
        writer.WriteArrayHeader(items.Count);
        foreach (int item in items)
        {
            writer.Write(item);
        }
    }

    public static global::Shapes.Bag? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::System.Collections.Generic.ICollection<int> items = (global::System.Collections.Generic.ICollection<int>)new global::Shapes.Bag();
        for (int index = 0; index < count; index++)
        {
            items.Add(reader.ReadInt32());
        }

        reader.Depth--;
        return (global::Shapes.Bag)items;
    }
}

/// <summary>Shapes.Sequence as a MessagePack array.</summary>
[global::System.Obsolete]
file static class SequenceCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Sequence? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        string[] items = global::System.Linq.Enumerable.ToArray((global::System.Collections.Generic.IEnumerable<string>)value);
        writer.WriteArrayHeader(items.Length);
        foreach (string item in items)
        {
            writer.Write(item);
        }
    }

    public static global::Shapes.Sequence? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        string[] items = new string[count];
        for (int index = 0; index < count; index++)
        {
            items[index] = reader.ReadString()!;
        }

        reader.Depth--;
        return new global::Shapes.Sequence(items);
    }
}

/// <summary>Shapes.Lookup as a MessagePack map.</summary>
[global::System.Obsolete]
file static class LookupCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Lookup? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::System.Collections.Generic.IReadOnlyDictionary<string, int> items = (global::System.Collections.Generic.IReadOnlyDictionary<string, int>)value;
        writer.WriteMapHeader(items.Count);
        foreach (global::System.Collections.Generic.KeyValuePair<string, int> pair in items)
        {
            writer.Write(pair.Key);
            writer.Write(pair.Value);
        }
    }

    public static global::Shapes.Lookup? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadMapHeader();
        global::System.Collections.Generic.Dictionary<string, int> items = new global::System.Collections.Generic.Dictionary<string, int>(count);
        for (int index = 0; index < count; index++)
        {
            items.Add(reader.ReadString()!, reader.ReadInt32());
        }

        reader.Depth--;
        return new global::Shapes.Lookup(items);
    }
}

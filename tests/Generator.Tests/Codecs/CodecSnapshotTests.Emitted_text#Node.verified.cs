#nullable enable

namespace Shapes;

/// <summary>Shapes.Node as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class NodeCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Node>
{
    public static readonly NodeCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Node? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel();
        try
        {
            writer.WriteArrayHeader(3);
            writer.Write(value.Value);
            NodeCodec.Write(ref writer, value.Next);
            DictionaryOfStringAndNodeCodec.Write(ref writer, value.Children);
        }
        finally
        {
            global::TypedCache.Values.MessagePackLimits.LeaveLevel();
        }
    }

    public static global::Shapes.Node? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.Node result = new global::Shapes.Node();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    result.Value = reader.ReadInt32();
                    break;
                case 1:
                    result.Next = NodeCodec.Read(ref reader);
                    break;
                case 2:
                    result.Children = DictionaryOfStringAndNodeCodec.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Node value) => Write(ref writer, value);

    protected override global::Shapes.Node Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

/// <summary>System.Collections.Generic.Dictionary&lt;string, Shapes.Node&gt; as a MessagePack map.</summary>
[global::System.Obsolete]
file static class DictionaryOfStringAndNodeCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.Dictionary<string, global::Shapes.Node>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel();
        try
        {
            writer.WriteMapHeader(value.Count);
            foreach (global::System.Collections.Generic.KeyValuePair<string, global::Shapes.Node> pair in value)
            {
                writer.Write(pair.Key);
                NodeCodec.Write(ref writer, pair.Value);
            }
        }
        finally
        {
            global::TypedCache.Values.MessagePackLimits.LeaveLevel();
        }
    }

    public static global::System.Collections.Generic.Dictionary<string, global::Shapes.Node>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadMapHeader();
        global::System.Collections.Generic.Dictionary<string, global::Shapes.Node> items = new global::System.Collections.Generic.Dictionary<string, global::Shapes.Node>(count);
        for (int index = 0; index < count; index++)
        {
            items.Add(reader.ReadString()!, NodeCodec.Read(ref reader)!);
        }

        reader.Depth--;
        return items;
    }
}

#nullable enable

namespace Shapes;

/// <summary>Shapes.Tuples as a MessagePack map by name.</summary>
[global::System.Obsolete]
file sealed class TuplesCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Tuples>
{
    public static readonly TuplesCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Tuples? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(6);
        writer.WriteString("Pair"u8);
        TupleOfInt32AndStringCodec.Write(ref writer, value.Pair);
        writer.WriteString("Nine"u8);
        TupleOfInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndTupleOfStringAndGuidCodec.Write(ref writer, value.Nine);
        writer.WriteString("One"u8);
        TupleOfInt64Codec.Write(ref writer, value.One);
        writer.WriteString("Reference"u8);
        TupleOfInt32AndNullableStringCodec.Write(ref writer, value.Reference);
        writer.WriteString("Nested"u8);
        NullableTupleOfStringAndListOfTupleOfInt32AndInt32Codec.Write(ref writer, value.Nested);
        writer.WriteString("Entry"u8);
        KeyValuePairOfStringAndNullableGuidCodec.Write(ref writer, value.Entry);
    }

    public static global::Shapes.Tuples? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.Tuples result = new global::Shapes.Tuples();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadMapHeader();
        for (int index = 0; index < count; index++)
        {
            global::System.ReadOnlySpan<byte> key = global::MessagePack.Internal.CodeGenHelpers.ReadStringSpan(ref reader);
            switch (key.Length)
            {
                case 4 when global::System.MemoryExtensions.SequenceEqual(key, "Pair"u8):
                    result.Pair = TupleOfInt32AndStringCodec.Read(ref reader);
                    break;
                case 4 when global::System.MemoryExtensions.SequenceEqual(key, "Nine"u8):
                    result.Nine = TupleOfInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndTupleOfStringAndGuidCodec.Read(ref reader);
                    break;
                case 3 when global::System.MemoryExtensions.SequenceEqual(key, "One"u8):
                    result.One = TupleOfInt64Codec.Read(ref reader);
                    break;
                case 9 when global::System.MemoryExtensions.SequenceEqual(key, "Reference"u8):
                    result.Reference = TupleOfInt32AndNullableStringCodec.Read(ref reader);
                    break;
                case 6 when global::System.MemoryExtensions.SequenceEqual(key, "Nested"u8):
                    result.Nested = NullableTupleOfStringAndListOfTupleOfInt32AndInt32Codec.Read(ref reader);
                    break;
                case 5 when global::System.MemoryExtensions.SequenceEqual(key, "Entry"u8):
                    result.Entry = KeyValuePairOfStringAndNullableGuidCodec.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Tuples value) => Write(ref writer, value);

    protected override global::Shapes.Tuples Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

/// <summary>System.ValueTuple&lt;int, string&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfInt32AndStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<int, string> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Item1);
        writer.Write(value.Item2);
    }

    public static global::System.ValueTuple<int, string> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<int, string>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<int, string> result = new global::System.ValueTuple<int, string>(reader.ReadInt32(), reader.ReadString()!);
        reader.Depth--;
        return result;
    }
}

/// <summary>System.ValueTuple&lt;int, int, int, int, int, int, int, System.ValueTuple&lt;string, System.Guid&gt;&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndTupleOfStringAndGuidCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<int, int, int, int, int, int, int, global::System.ValueTuple<string, global::System.Guid>> value)
    {
        writer.WriteArrayHeader(8);
        writer.Write(value.Item1);
        writer.Write(value.Item2);
        writer.Write(value.Item3);
        writer.Write(value.Item4);
        writer.Write(value.Item5);
        writer.Write(value.Item6);
        writer.Write(value.Item7);
        TupleOfStringAndGuidCodec.Write(ref writer, value.Rest);
    }

    public static global::System.ValueTuple<int, int, int, int, int, int, int, global::System.ValueTuple<string, global::System.Guid>> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 8)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<int, int, int, int, int, int, int, System.ValueTuple<string, System.Guid>>", 8, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<int, int, int, int, int, int, int, global::System.ValueTuple<string, global::System.Guid>> result = new global::System.ValueTuple<int, int, int, int, int, int, int, global::System.ValueTuple<string, global::System.Guid>>(
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            TupleOfStringAndGuidCodec.Read(ref reader));
        reader.Depth--;
        return result;
    }
}

/// <summary>System.ValueTuple&lt;string, System.Guid&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfStringAndGuidCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<string, global::System.Guid> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Item1);
        global::MessagePack.Formatters.GuidFormatter.Instance.Serialize(ref writer, value.Item2, null!);
    }

    public static global::System.ValueTuple<string, global::System.Guid> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<string, System.Guid>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<string, global::System.Guid> result = new global::System.ValueTuple<string, global::System.Guid>(
            reader.ReadString()!,
            global::MessagePack.Formatters.GuidFormatter.Instance.Deserialize(ref reader, null!));
        reader.Depth--;
        return result;
    }
}

/// <summary>System.ValueTuple&lt;long&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfInt64Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<long> value)
    {
        writer.WriteArrayHeader(1);
        writer.Write(value.Item1);
    }

    public static global::System.ValueTuple<long> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 1)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<long>", 1, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<long> result = new global::System.ValueTuple<long>(reader.ReadInt64());
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Tuple&lt;int, string?&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfInt32AndNullableStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Tuple<int, string?>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Write(value.Item1);
        writer.Write(value.Item2);
    }

    public static global::System.Tuple<int, string?>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.Tuple<int, string?>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Tuple<int, string?> result = new global::System.Tuple<int, string?>(reader.ReadInt32(), reader.ReadString());
        reader.Depth--;
        return result;
    }
}

/// <summary>System.ValueTuple&lt;string, System.Collections.Generic.List&lt;System.ValueTuple&lt;int, int&gt;&gt;&gt;? as a MessagePack value or nil.</summary>
[global::System.Obsolete]
file static class NullableTupleOfStringAndListOfTupleOfInt32AndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<string, global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        TupleOfStringAndListOfTupleOfInt32AndInt32Codec.Write(ref writer, value.GetValueOrDefault());
    }

    public static global::System.ValueTuple<string, global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        return TupleOfStringAndListOfTupleOfInt32AndInt32Codec.Read(ref reader);
    }
}

/// <summary>System.ValueTuple&lt;string, System.Collections.Generic.List&lt;System.ValueTuple&lt;int, int&gt;&gt;&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfStringAndListOfTupleOfInt32AndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<string, global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Item1);
        ListOfTupleOfInt32AndInt32Codec.Write(ref writer, value.Item2);
    }

    public static global::System.ValueTuple<string, global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<string, System.Collections.Generic.List<System.ValueTuple<int, int>>>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<string, global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>> result = new global::System.ValueTuple<string, global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>>(
            reader.ReadString()!,
            ListOfTupleOfInt32AndInt32Codec.Read(ref reader)!);
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Collections.Generic.List&lt;System.ValueTuple&lt;int, int&gt;&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class ListOfTupleOfInt32AndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        foreach (global::System.ValueTuple<int, int> item in value)
        {
            TupleOfInt32AndInt32Codec.Write(ref writer, item);
        }
    }

    public static global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::System.Collections.Generic.List<global::System.ValueTuple<int, int>> items = new global::System.Collections.Generic.List<global::System.ValueTuple<int, int>>(count);
        for (int index = 0; index < count; index++)
        {
            items.Add(TupleOfInt32AndInt32Codec.Read(ref reader));
        }

        reader.Depth--;
        return items;
    }
}

/// <summary>System.ValueTuple&lt;int, int&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfInt32AndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<int, int> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Item1);
        writer.Write(value.Item2);
    }

    public static global::System.ValueTuple<int, int> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<int, int>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<int, int> result = new global::System.ValueTuple<int, int>(reader.ReadInt32(), reader.ReadInt32());
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Collections.Generic.KeyValuePair&lt;string, System.Guid?&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class KeyValuePairOfStringAndNullableGuidCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.KeyValuePair<string, global::System.Guid?> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Key);
        NullableGuidCodec.Write(ref writer, value.Value);
    }

    public static global::System.Collections.Generic.KeyValuePair<string, global::System.Guid?> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.Collections.Generic.KeyValuePair<string, System.Guid?>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Collections.Generic.KeyValuePair<string, global::System.Guid?> result = new global::System.Collections.Generic.KeyValuePair<string, global::System.Guid?>(
            reader.ReadString()!,
            NullableGuidCodec.Read(ref reader));
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Guid? as a MessagePack value or nil.</summary>
[global::System.Obsolete]
file static class NullableGuidCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Guid? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::MessagePack.Formatters.GuidFormatter.Instance.Serialize(ref writer, value.GetValueOrDefault(), null!);
    }

    public static global::System.Guid? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        return global::MessagePack.Formatters.GuidFormatter.Instance.Deserialize(ref reader, null!);
    }
}

#nullable enable

namespace Shapes;

/// <summary>Shapes.Groups as a MessagePack map by name.</summary>
[global::System.Obsolete]
file sealed class GroupsCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Groups>
{
    public static readonly GroupsCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Groups? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(12);
        writer.WriteString("Lookup"u8);
        ILookupOfStringAndInt32Codec.Write(ref writer, value.Lookup);
        writer.WriteString("NullableLookup"u8);
        ILookupOfInt32AndNullableStringCodec.Write(ref writer, value.NullableLookup);
        writer.WriteString("Group"u8);
        IGroupingOfInt32AndStringCodec.Write(ref writer, value.Group);
        writer.WriteString("Lazy"u8);
        LazyOfInt32Codec.Write(ref writer, value.Lazy);
        writer.WriteString("NullableLazy"u8);
        LazyOfListOfNullableStringCodec.Write(ref writer, value.NullableLazy);
        writer.WriteString("Queue"u8);
        PriorityQueueOfStringAndInt32Codec.Write(ref writer, value.Queue);
        writer.WriteString("Sequence"u8);
        ReadOnlySequenceOfInt32Codec.Write(ref writer, value.Sequence);
        writer.WriteString("Nil"u8);
        global::MessagePack.Formatters.NilFormatter.Instance.Serialize(ref writer, value.Nil, null!);
        writer.WriteString("NullableNil"u8);
        NullableNilCodec.Write(ref writer, value.NullableNil);
        writer.WriteString("Nine"u8);
        TupleOfInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndTupleOfNullableStringAndGuidCodec.Write(ref writer, value.Nine);
        writer.WriteString("Eight"u8);
        TupleOfInt32AndStringAndInt64AndBooleanAndByteAndCharAndDoubleAndTupleOfTupleOfInt32AndStringCodec.Write(ref writer, value.Eight);
        writer.WriteString("Mixed"u8);
        TupleOfGuidAndNullableTupleOfInt32AndInt32AndKeyValuePairOfStringAndTupleOfInt32AndInt32ArrayCodec.Write(ref writer, value.Mixed);
    }

    public static global::Shapes.Groups? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.Groups result = new global::Shapes.Groups();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadMapHeader();
        for (int index = 0; index < count; index++)
        {
            global::System.ReadOnlySpan<byte> key = global::MessagePack.Internal.CodeGenHelpers.ReadStringSpan(ref reader);
            switch (key.Length)
            {
                case 6 when global::System.MemoryExtensions.SequenceEqual(key, "Lookup"u8):
                    result.Lookup = ILookupOfStringAndInt32Codec.Read(ref reader)!;
                    break;
                case 14 when global::System.MemoryExtensions.SequenceEqual(key, "NullableLookup"u8):
                    result.NullableLookup = ILookupOfInt32AndNullableStringCodec.Read(ref reader);
                    break;
                case 5 when global::System.MemoryExtensions.SequenceEqual(key, "Group"u8):
                    result.Group = IGroupingOfInt32AndStringCodec.Read(ref reader);
                    break;
                case 4 when global::System.MemoryExtensions.SequenceEqual(key, "Lazy"u8):
                    result.Lazy = LazyOfInt32Codec.Read(ref reader)!;
                    break;
                case 12 when global::System.MemoryExtensions.SequenceEqual(key, "NullableLazy"u8):
                    result.NullableLazy = LazyOfListOfNullableStringCodec.Read(ref reader);
                    break;
                case 5 when global::System.MemoryExtensions.SequenceEqual(key, "Queue"u8):
                    result.Queue = PriorityQueueOfStringAndInt32Codec.Read(ref reader)!;
                    break;
                case 8 when global::System.MemoryExtensions.SequenceEqual(key, "Sequence"u8):
                    result.Sequence = ReadOnlySequenceOfInt32Codec.Read(ref reader);
                    break;
                case 3 when global::System.MemoryExtensions.SequenceEqual(key, "Nil"u8):
                    result.Nil = global::MessagePack.Formatters.NilFormatter.Instance.Deserialize(ref reader, null!);
                    break;
                case 11 when global::System.MemoryExtensions.SequenceEqual(key, "NullableNil"u8):
                    result.NullableNil = NullableNilCodec.Read(ref reader);
                    break;
                case 4 when global::System.MemoryExtensions.SequenceEqual(key, "Nine"u8):
                    result.Nine = TupleOfInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndTupleOfNullableStringAndGuidCodec.Read(ref reader);
                    break;
                case 5 when global::System.MemoryExtensions.SequenceEqual(key, "Eight"u8):
                    result.Eight = TupleOfInt32AndStringAndInt64AndBooleanAndByteAndCharAndDoubleAndTupleOfTupleOfInt32AndStringCodec.Read(ref reader);
                    break;
                case 5 when global::System.MemoryExtensions.SequenceEqual(key, "Mixed"u8):
                    result.Mixed = TupleOfGuidAndNullableTupleOfInt32AndInt32AndKeyValuePairOfStringAndTupleOfInt32AndInt32ArrayCodec.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Groups value) => Write(ref writer, value);

    protected override global::Shapes.Groups Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;
}

/// <summary>System.Linq.ILookup&lt;string, int&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class ILookupOfStringAndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Linq.ILookup<string, int>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        foreach (global::System.Linq.IGrouping<string, int> item in value)
        {
            IGroupingOfStringAndInt32Codec.Write(ref writer, item);
        }
    }

    public static global::System.Linq.ILookup<string, int>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::TypedCache.Values.MessagePackLookup<string, int> items = new global::TypedCache.Values.MessagePackLookup<string, int>(count);
        for (int index = 0; index < count; index++)
        {
            items.Add(IGroupingOfStringAndInt32Codec.Read(ref reader)!);
        }

        reader.Depth--;
        return items;
    }
}

/// <summary>System.Linq.IGrouping&lt;string, int&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class IGroupingOfStringAndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Linq.IGrouping<string, int>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Write(value.Key);
        IEnumerableOfInt32Codec.Write(ref writer, value);
    }

    public static global::System.Linq.IGrouping<string, int>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.Linq.IGrouping<string, int>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Linq.IGrouping<string, int> result = new global::TypedCache.Values.MessagePackGrouping<string, int>(
            reader.ReadString()!,
            IEnumerableOfInt32Codec.Read(ref reader)!);
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Collections.Generic.IEnumerable&lt;int&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class IEnumerableOfInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.IEnumerable<int>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        int[] items = global::System.Linq.Enumerable.ToArray(value);
        writer.WriteArrayHeader(items.Length);
        foreach (int item in items)
        {
            writer.Write(item);
        }
    }

    public static global::System.Collections.Generic.IEnumerable<int>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        int[] items = new int[count];
        for (int index = 0; index < count; index++)
        {
            items[index] = reader.ReadInt32();
        }

        reader.Depth--;
        return items;
    }
}

/// <summary>System.Linq.ILookup&lt;int, string?&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class ILookupOfInt32AndNullableStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Linq.ILookup<int, string?>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        foreach (global::System.Linq.IGrouping<int, string?> item in value)
        {
            IGroupingOfInt32AndNullableStringCodec.Write(ref writer, item);
        }
    }

    public static global::System.Linq.ILookup<int, string?>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::TypedCache.Values.MessagePackLookup<int, string?> items = new global::TypedCache.Values.MessagePackLookup<int, string?>(count);
        for (int index = 0; index < count; index++)
        {
            items.Add(IGroupingOfInt32AndNullableStringCodec.Read(ref reader)!);
        }

        reader.Depth--;
        return items;
    }
}

/// <summary>System.Linq.IGrouping&lt;int, string?&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class IGroupingOfInt32AndNullableStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Linq.IGrouping<int, string?>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Write(value.Key);
        IEnumerableOfNullableStringCodec.Write(ref writer, value);
    }

    public static global::System.Linq.IGrouping<int, string?>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.Linq.IGrouping<int, string?>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Linq.IGrouping<int, string?> result = new global::TypedCache.Values.MessagePackGrouping<int, string?>(
            reader.ReadInt32(),
            IEnumerableOfNullableStringCodec.Read(ref reader)!);
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Collections.Generic.IEnumerable&lt;string?&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class IEnumerableOfNullableStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.IEnumerable<string?>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        string?[] items = global::System.Linq.Enumerable.ToArray(value);
        writer.WriteArrayHeader(items.Length);
        foreach (string? item in items)
        {
            writer.Write(item);
        }
    }

    public static global::System.Collections.Generic.IEnumerable<string?>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        string?[] items = new string?[count];
        for (int index = 0; index < count; index++)
        {
            items[index] = reader.ReadString();
        }

        reader.Depth--;
        return items;
    }
}

/// <summary>System.Linq.IGrouping&lt;int, string&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class IGroupingOfInt32AndStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Linq.IGrouping<int, string>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Write(value.Key);
        IEnumerableOfStringCodec.Write(ref writer, value);
    }

    public static global::System.Linq.IGrouping<int, string>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.Linq.IGrouping<int, string>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Linq.IGrouping<int, string> result = new global::TypedCache.Values.MessagePackGrouping<int, string>(
            reader.ReadInt32(),
            IEnumerableOfStringCodec.Read(ref reader)!);
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Collections.Generic.IEnumerable&lt;string&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class IEnumerableOfStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.IEnumerable<string>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        string[] items = global::System.Linq.Enumerable.ToArray(value);
        writer.WriteArrayHeader(items.Length);
        foreach (string item in items)
        {
            writer.Write(item);
        }
    }

    public static global::System.Collections.Generic.IEnumerable<string>? Read(ref global::MessagePack.MessagePackReader reader)
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
        return items;
    }
}

/// <summary>System.Lazy&lt;int&gt; as a MessagePack value or nil.</summary>
[global::System.Obsolete]
file static class LazyOfInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Lazy<int>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Write(value.Value);
    }

    public static global::System.Lazy<int>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Lazy<int> result = new(reader.ReadInt32());
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Lazy&lt;System.Collections.Generic.List&lt;string?&gt;&gt; as a MessagePack value or nil.</summary>
[global::System.Obsolete]
file static class LazyOfListOfNullableStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Lazy<global::System.Collections.Generic.List<string?>>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ListOfNullableStringCodec.Write(ref writer, value.Value);
    }

    public static global::System.Lazy<global::System.Collections.Generic.List<string?>>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Lazy<global::System.Collections.Generic.List<string?>> result = new(ListOfNullableStringCodec.Read(ref reader)!);
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Collections.Generic.List&lt;string?&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class ListOfNullableStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.List<string?>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        foreach (string? item in value)
        {
            writer.Write(item);
        }
    }

    public static global::System.Collections.Generic.List<string?>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::System.Collections.Generic.List<string?> items = new global::System.Collections.Generic.List<string?>(count);
        for (int index = 0; index < count; index++)
        {
            items.Add(reader.ReadString());
        }

        reader.Depth--;
        return items;
    }
}

/// <summary>System.Collections.Generic.PriorityQueue&lt;string, int&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class PriorityQueueOfStringAndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.PriorityQueue<string, int>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::System.Collections.Generic.PriorityQueue<string, int>.UnorderedItemsCollection items = value.UnorderedItems;
        writer.WriteArrayHeader(items.Count);
        foreach (global::System.ValueTuple<string, int> item in items)
        {
            TupleOfStringAndInt32Codec.Write(ref writer, item);
        }
    }

    public static global::System.Collections.Generic.PriorityQueue<string, int>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::System.ValueTuple<string, int>[] items = new global::System.ValueTuple<string, int>[count];
        for (int index = 0; index < count; index++)
        {
            items[index] = TupleOfStringAndInt32Codec.Read(ref reader);
        }

        reader.Depth--;
        return new global::System.Collections.Generic.PriorityQueue<string, int>(items);
    }
}

/// <summary>System.ValueTuple&lt;string, int&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfStringAndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<string, int> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Item1);
        writer.Write(value.Item2);
    }

    public static global::System.ValueTuple<string, int> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<string, int>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<string, int> result = new global::System.ValueTuple<string, int>(reader.ReadString()!, reader.ReadInt32());
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Buffers.ReadOnlySequence&lt;int&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class ReadOnlySequenceOfInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Buffers.ReadOnlySequence<int> value)
    {
        int[] items = global::System.Buffers.BuffersExtensions.ToArray(in value);
        writer.WriteArrayHeader(items.Length);
        foreach (int item in items)
        {
            writer.Write(item);
        }
    }

    public static global::System.Buffers.ReadOnlySequence<int> Read(ref global::MessagePack.MessagePackReader reader)
    {
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        int[] items = new int[count];
        for (int index = 0; index < count; index++)
        {
            items[index] = reader.ReadInt32();
        }

        reader.Depth--;
        return new global::System.Buffers.ReadOnlySequence<int>(items);
    }
}

/// <summary>MessagePack.Nil? as a MessagePack value or nil.</summary>
[global::System.Obsolete]
file static class NullableNilCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::MessagePack.Nil? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        global::MessagePack.Formatters.NilFormatter.Instance.Serialize(ref writer, value.GetValueOrDefault(), null!);
    }

    public static global::MessagePack.Nil? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        return global::MessagePack.Formatters.NilFormatter.Instance.Deserialize(ref reader, null!);
    }
}

/// <summary>System.Tuple&lt;int, int, int, int, int, int, int, System.Tuple&lt;string?, System.Guid&gt;&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndInt32AndTupleOfNullableStringAndGuidCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Tuple<int, int, int, int, int, int, int, global::System.Tuple<string?, global::System.Guid>>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(8);
        writer.Write(value.Item1);
        writer.Write(value.Item2);
        writer.Write(value.Item3);
        writer.Write(value.Item4);
        writer.Write(value.Item5);
        writer.Write(value.Item6);
        writer.Write(value.Item7);
        TupleOfNullableStringAndGuidCodec.Write(ref writer, value.Rest);
    }

    public static global::System.Tuple<int, int, int, int, int, int, int, global::System.Tuple<string?, global::System.Guid>>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        if (count != 8)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.Tuple<int, int, int, int, int, int, int, System.Tuple<string?, System.Guid>>", 8, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Tuple<int, int, int, int, int, int, int, global::System.Tuple<string?, global::System.Guid>> result = new global::System.Tuple<int, int, int, int, int, int, int, global::System.Tuple<string?, global::System.Guid>>(
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            TupleOfNullableStringAndGuidCodec.Read(ref reader)!);
        reader.Depth--;
        return result;
    }
}

/// <summary>System.Tuple&lt;string?, System.Guid&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfNullableStringAndGuidCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Tuple<string?, global::System.Guid>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Write(value.Item1);
        global::MessagePack.Formatters.GuidFormatter.Instance.Serialize(ref writer, value.Item2, null!);
    }

    public static global::System.Tuple<string?, global::System.Guid>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.Tuple<string?, System.Guid>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Tuple<string?, global::System.Guid> result = new global::System.Tuple<string?, global::System.Guid>(
            reader.ReadString(),
            global::MessagePack.Formatters.GuidFormatter.Instance.Deserialize(ref reader, null!));
        reader.Depth--;
        return result;
    }
}

/// <summary>System.ValueTuple&lt;int, string, long, bool, byte, char, double, System.ValueTuple&lt;System.ValueTuple&lt;int, string&gt;&gt;&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfInt32AndStringAndInt64AndBooleanAndByteAndCharAndDoubleAndTupleOfTupleOfInt32AndStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<int, string, long, bool, byte, char, double, global::System.ValueTuple<global::System.ValueTuple<int, string>>> value)
    {
        writer.WriteArrayHeader(8);
        writer.Write(value.Item1);
        writer.Write(value.Item2);
        writer.Write(value.Item3);
        writer.Write(value.Item4);
        writer.Write(value.Item5);
        writer.Write(value.Item6);
        writer.Write(value.Item7);
        TupleOfTupleOfInt32AndStringCodec.Write(ref writer, value.Rest);
    }

    public static global::System.ValueTuple<int, string, long, bool, byte, char, double, global::System.ValueTuple<global::System.ValueTuple<int, string>>> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 8)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<int, string, long, bool, byte, char, double, System.ValueTuple<System.ValueTuple<int, string>>>", 8, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<int, string, long, bool, byte, char, double, global::System.ValueTuple<global::System.ValueTuple<int, string>>> result = new global::System.ValueTuple<int, string, long, bool, byte, char, double, global::System.ValueTuple<global::System.ValueTuple<int, string>>>(
            reader.ReadInt32(),
            reader.ReadString()!,
            reader.ReadInt64(),
            reader.ReadBoolean(),
            reader.ReadByte(),
            reader.ReadChar(),
            reader.ReadDouble(),
            TupleOfTupleOfInt32AndStringCodec.Read(ref reader));
        reader.Depth--;
        return result;
    }
}

/// <summary>System.ValueTuple&lt;System.ValueTuple&lt;int, string&gt;&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfTupleOfInt32AndStringCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<global::System.ValueTuple<int, string>> value)
    {
        writer.WriteArrayHeader(1);
        TupleOfInt32AndStringCodec.Write(ref writer, value.Item1);
    }

    public static global::System.ValueTuple<global::System.ValueTuple<int, string>> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 1)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<System.ValueTuple<int, string>>", 1, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<global::System.ValueTuple<int, string>> result = new global::System.ValueTuple<global::System.ValueTuple<int, string>>(
            TupleOfInt32AndStringCodec.Read(ref reader));
        reader.Depth--;
        return result;
    }
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

/// <summary>System.ValueTuple&lt;System.Guid, System.ValueTuple&lt;int, int&gt;?, System.Collections.Generic.KeyValuePair&lt;string, System.ValueTuple&lt;int, int&gt;[]&gt;&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class TupleOfGuidAndNullableTupleOfInt32AndInt32AndKeyValuePairOfStringAndTupleOfInt32AndInt32ArrayCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<global::System.Guid, global::System.ValueTuple<int, int>?, global::System.Collections.Generic.KeyValuePair<string, global::System.ValueTuple<int, int>[]>> value)
    {
        writer.WriteArrayHeader(3);
        global::MessagePack.Formatters.GuidFormatter.Instance.Serialize(ref writer, value.Item1, null!);
        NullableTupleOfInt32AndInt32Codec.Write(ref writer, value.Item2);
        KeyValuePairOfStringAndTupleOfInt32AndInt32ArrayCodec.Write(ref writer, value.Item3);
    }

    public static global::System.ValueTuple<global::System.Guid, global::System.ValueTuple<int, int>?, global::System.Collections.Generic.KeyValuePair<string, global::System.ValueTuple<int, int>[]>> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 3)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.ValueTuple<System.Guid, System.ValueTuple<int, int>?, System.Collections.Generic.KeyValuePair<string, System.ValueTuple<int, int>[]>>", 3, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.ValueTuple<global::System.Guid, global::System.ValueTuple<int, int>?, global::System.Collections.Generic.KeyValuePair<string, global::System.ValueTuple<int, int>[]>> result = new global::System.ValueTuple<global::System.Guid, global::System.ValueTuple<int, int>?, global::System.Collections.Generic.KeyValuePair<string, global::System.ValueTuple<int, int>[]>>(
            global::MessagePack.Formatters.GuidFormatter.Instance.Deserialize(ref reader, null!),
            NullableTupleOfInt32AndInt32Codec.Read(ref reader),
            KeyValuePairOfStringAndTupleOfInt32AndInt32ArrayCodec.Read(ref reader));
        reader.Depth--;
        return result;
    }
}

/// <summary>System.ValueTuple&lt;int, int&gt;? as a MessagePack value or nil.</summary>
[global::System.Obsolete]
file static class NullableTupleOfInt32AndInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<int, int>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        TupleOfInt32AndInt32Codec.Write(ref writer, value.GetValueOrDefault());
    }

    public static global::System.ValueTuple<int, int>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        return TupleOfInt32AndInt32Codec.Read(ref reader);
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

/// <summary>System.Collections.Generic.KeyValuePair&lt;string, System.ValueTuple&lt;int, int&gt;[]&gt; as a MessagePack array of its items.</summary>
[global::System.Obsolete]
file static class KeyValuePairOfStringAndTupleOfInt32AndInt32ArrayCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.KeyValuePair<string, global::System.ValueTuple<int, int>[]> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Key);
        TupleOfInt32AndInt32ArrayCodec.Write(ref writer, value.Value);
    }

    public static global::System.Collections.Generic.KeyValuePair<string, global::System.ValueTuple<int, int>[]> Read(ref global::MessagePack.MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count != 2)
        {
            throw global::TypedCache.Values.MessagePackLimits.WrongLength("System.Collections.Generic.KeyValuePair<string, System.ValueTuple<int, int>[]>", 2, count);
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        global::System.Collections.Generic.KeyValuePair<string, global::System.ValueTuple<int, int>[]> result = new global::System.Collections.Generic.KeyValuePair<string, global::System.ValueTuple<int, int>[]>(
            reader.ReadString()!,
            TupleOfInt32AndInt32ArrayCodec.Read(ref reader)!);
        reader.Depth--;
        return result;
    }
}

/// <summary>System.ValueTuple&lt;int, int&gt;[] as a MessagePack array.</summary>
[global::System.Obsolete]
file static class TupleOfInt32AndInt32ArrayCodec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.ValueTuple<int, int>[]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Length);
        foreach (global::System.ValueTuple<int, int> item in value)
        {
            TupleOfInt32AndInt32Codec.Write(ref writer, item);
        }
    }

    public static global::System.ValueTuple<int, int>[]? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::System.ValueTuple<int, int>[] items = new global::System.ValueTuple<int, int>[count];
        for (int index = 0; index < count; index++)
        {
            items[index] = TupleOfInt32AndInt32Codec.Read(ref reader);
        }

        reader.Depth--;
        return items;
    }
}

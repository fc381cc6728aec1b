using System.Globalization;
using MessagePack;
using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Values;

/// <summary>
/// Reads MessagePack by the shapes of a contract. What does not fit is shown as what it is, and told; the rest is read on.
/// </summary>
/// <param name="contract">The shapes.</param>
internal sealed class ShapeReader(ContractFile contract)
{
    /// <summary>The note of members that are not there.</summary>
    public const string NotStored = "not stored";

    private readonly Dictionary<string, ContractShape> _shapes = contract.Types.DistinctBy(shape => shape.Name).ToDictionary(shape => shape.Name, StringComparer.Ordinal);
    private readonly List<Misfit> _misfits = [];

    /// <summary>Where the bytes are not what the contract says.</summary>
    public IReadOnlyList<Misfit> Misfits => _misfits;

    /// <summary>Reads a whole value.</summary>
    /// <param name="payload">Its bytes.</param>
    /// <param name="type">Its type.</param>
    public ValueNode Read(ReadOnlyMemory<byte> payload, ContractType type)
    {
        var reader = new MessagePackReader(payload);
        try
        {
            var value = Read(ref reader, type with { IsNullable = true }, ShortName(type.ToString().TrimEnd('?')), 0);
            if (!reader.End)
            {
                _misfits.Add(new Misfit(ShortName(type.ToString()), string.Create(CultureInfo.InvariantCulture, $"behind the value there are {payload.Length - reader.Consumed} bytes more")));
            }

            return value;
        }
        catch (InvalidDataException damaged)
        {
            _misfits.Add(new Misfit(ShortName(type.ToString()), damaged.Message));
            return Scalars.Bytes(payload.Span);
        }
    }

    /// <summary>A type without its namespace.</summary>
    public static string ShortName(string name) => name.Contains('<', StringComparison.Ordinal) ? name : name[(name.LastIndexOf('.') + 1)..];

    private ValueNode Read(ref MessagePackReader reader, ContractType type, string path, int depth)
    {
        if (depth > RawMessagePack.MaxDepth)
        {
            throw new InvalidDataException("it is nested too deeply");
        }

        var before = reader;
        try
        {
            return ReadFitting(ref reader, type, path, depth);
        }
        catch (Exception exception) when (exception is MessagePackSerializationException or EndOfStreamException or OverflowException or FormatException or ArgumentException)
        {
            reader = before;
            var found = RawMessagePack.Read(ref reader, depth);
            _misfits.Add(new Misfit(path, $"{type} is expected, and {Describe(found)} is stored"));
            return found with { Note = $"no {ShortName(type.ToString())}" };
        }
    }

    private static string Describe(ValueNode found) => found switch
    {
        ValueNode.List list => $"an array of {list.Items.Count}",
        ValueNode.Members map => $"a map of {map.Items.Count}",
        ValueNode.Scalar { Kind: ScalarKind.Text } text => $"\"{Output.Shown.Cut(text.Text, 40)}\"",
        ValueNode.Scalar scalar => Output.Shown.Cut(scalar.Text, 40),
        _ => "something else",
    };

    private ValueNode ReadFitting(ref MessagePackReader reader, ContractType type, string path, int depth)
    {
        if (reader.NextMessagePackType == MessagePackType.Nil)
        {
            return ReadNull(ref reader, type);
        }

        return type switch
        {
            ContractType.Leaf leaf => LeafReader.ReadNext(ref reader, leaf.Name),
            ContractType.Named named when _shapes.TryGetValue(named.Name, out var shape) => ReadShape(ref reader, shape, path, depth),
            ContractType.List list => ReadList(ref reader, list.Element, path, depth),
            ContractType.Map map => ReadMap(ref reader, map, path, depth),
            ContractType.Tuple tuple => ReadTuple(ref reader, tuple, path, depth),
            ContractType.Grid grid => ReadGrid(ref reader, grid, path, depth),
            ContractType.Wrapped wrapped => ReadFitting(ref reader, wrapped.Inside, path, depth),
            _ => RawMessagePack.Read(ref reader, depth),
        };
    }

    private ValueNode.Scalar ReadNull(ref MessagePackReader reader, ContractType type)
    {
        var throws = type switch
        {
            ContractType.Leaf leaf => ContractLeaf.ReadsNull(leaf.Name) == ContractLeaf.NullRead.Throws,
            ContractType.Named named => _shapes.GetValueOrDefault(named.Name) is ContractShape.Enum or ContractShape.Object { IsStruct: true },
            ContractType.Tuple => true,
            _ => false,
        };
        if (throws && !type.IsNullable)
        {
            throw new MessagePackSerializationException("null");
        }

        reader.ReadNil();
        return Scalars.Null;
    }

    private ValueNode ReadShape(ref MessagePackReader reader, ContractShape shape, string path, int depth) => shape switch
    {
        ContractShape.Enum item => EnumText.Of(LeafReader.ReadNext(ref reader, item.Number), item),
        ContractShape.Union item => ReadUnion(ref reader, item, path, depth),
        ContractShape.Object { KeyedByName: true } item => ReadNamed(ref reader, item, path, depth),
        ContractShape.Object item => ReadNumbered(ref reader, item, path, depth),
        _ => RawMessagePack.Read(ref reader, depth),
    };

    private ValueNode ReadUnion(ref MessagePackReader reader, ContractShape.Union union, string path, int depth)
    {
        if (reader.ReadArrayHeader() != 2)
        {
            throw new MessagePackSerializationException("no union");
        }

        var key = reader.ReadInt32();
        if (union.Cases.FirstOrDefault(one => one.Key == key) is { } found)
        {
            return Read(ref reader, found.Type, $"{path}({ShortName(found.Type.ToString())})", depth + 1);
        }

        _misfits.Add(new Misfit(path, string.Create(CultureInfo.InvariantCulture, $"{ShortName(union.Name)} has no case {key}")));
        return RawMessagePack.Read(ref reader, depth + 1) with { Note = string.Create(CultureInfo.InvariantCulture, $"case {key}, which is not known") };
    }

    private ValueNode.Members ReadNumbered(ref MessagePackReader reader, ContractShape.Object shape, string path, int depth)
    {
        var members = shape.Members.ToDictionary(member => member.Index);
        var items = new List<NamedNode>();
        var count = reader.ReadArrayHeader();
        for (var i = 0; i < count; i++)
        {
            if (members.Remove(i, out var member))
            {
                items.Add(new NamedNode(member.Name, Read(ref reader, member.Type, $"{path}.{member.Name}", depth + 1)));
            }
            else if (!reader.TryReadNil())
            {
                items.Add(Unknown(string.Create(CultureInfo.InvariantCulture, $"[{i}]"), RawMessagePack.Read(ref reader, depth + 1)));
            }
        }

        AddMissing(items, members.Values.OrderBy(member => member.Index), path);
        return new ValueNode.Members(ShortName(shape.Name), items);
    }

    private ValueNode.Members ReadNamed(ref MessagePackReader reader, ContractShape.Object shape, string path, int depth)
    {
        var members = shape.Members.ToDictionary(member => member.Key, StringComparer.Ordinal);
        var items = new List<NamedNode>();
        var count = reader.ReadMapHeader();
        for (var i = 0; i < count; i++)
        {
            var key = Scalars.NameOf(RawMessagePack.Read(ref reader, depth + 1));
            items.Add(members.Remove(key, out var member)
                ? new NamedNode(member.Name, Read(ref reader, member.Type, $"{path}.{member.Name}", depth + 1))
                : Unknown(key, RawMessagePack.Read(ref reader, depth + 1)));
        }

        AddMissing(items, members.Values, path);
        return new ValueNode.Members(ShortName(shape.Name), items);
    }

    private static NamedNode Unknown(string name, ValueNode value) => new(name, value with { Note = "not in the contract" });

    // Those that are written alone, and those that an older program did not know, keep the value that the constructor gives them.
    private void AddMissing(List<NamedNode> items, IEnumerable<ContractMember> members, string path)
    {
        foreach (var member in members.Where(member => member.IsWritten))
        {
            items.Add(new NamedNode(member.Name, Scalars.Symbol("-") with { Note = NotStored }));
            if (member.IsRequired)
            {
                _misfits.Add(new Misfit($"{path}.{member.Name}", $"{member.Type} is expected, and nothing is stored"));
            }
        }
    }

    private ValueNode.List ReadList(ref MessagePackReader reader, ContractType element, string path, int depth)
    {
        var items = new List<ValueNode>();
        var count = reader.ReadArrayHeader();
        for (var i = 0; i < count; i++)
        {
            items.Add(Read(ref reader, element, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), depth + 1));
        }

        return new ValueNode.List(items);
    }

    private ValueNode.Members ReadMap(ref MessagePackReader reader, ContractType.Map map, string path, int depth)
    {
        var items = new List<NamedNode>();
        var count = reader.ReadMapHeader();
        for (var i = 0; i < count; i++)
        {
            var key = Scalars.NameOf(Read(ref reader, map.Key, $"{path} (key)", depth + 1));
            items.Add(new NamedNode(key, Read(ref reader, map.Value, $"{path}[{key}]", depth + 1)));
        }

        return new ValueNode.Members("", items);
    }

    private ValueNode.List ReadTuple(ref MessagePackReader reader, ContractType.Tuple tuple, string path, int depth)
    {
        var items = new List<ValueNode>();
        if (reader.ReadArrayHeader() != tuple.Items.Count)
        {
            throw new MessagePackSerializationException("another number of items");
        }

        for (var i = 0; i < tuple.Items.Count; i++)
        {
            items.Add(Read(ref reader, tuple.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}.Item{i + 1}"), depth + 1));
        }

        return new ValueNode.List(items);
    }

    // The lengths of its dimensions, then all elements in one array.
    private ValueNode ReadGrid(ref MessagePackReader reader, ContractType.Grid grid, string path, int depth)
    {
        if (reader.ReadArrayHeader() != grid.Rank + 1)
        {
            throw new MessagePackSerializationException("no grid");
        }

        var lengths = new int[grid.Rank];
        for (var i = 0; i < grid.Rank; i++)
        {
            lengths[i] = reader.ReadInt32();
        }

        return ReadList(ref reader, grid.Element, path, depth) with { Note = string.Join(" x ", lengths) };
    }
}

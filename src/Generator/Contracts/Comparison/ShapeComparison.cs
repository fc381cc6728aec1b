using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts.Comparison;

/// <summary>
/// Finds out what of the values that one program has stored another one cannot read. It follows what the generated codecs do: an array is
/// read by position and filled up with nil where it has gaps, a map by name, what is not known is skipped, and what is missing keeps the
/// value that the constructor gave it.
/// </summary>
internal sealed class ShapeComparison
{
    private readonly ContractTypes _written;
    private readonly ContractTypes _read;
    private readonly List<ContractBreak> _breaks = [];
    private readonly HashSet<(string Written, string Read)> _seen = [];

    // Types can be linked thousands deep, so that what is left to compare lies here and not on the call stack.
    private readonly Stack<(ContractType Written, ContractType Read, string Path)> _open = new();

    private ShapeComparison(ContractTypes written, ContractTypes read)
    {
        _written = written;
        _read = read;
    }

    /// <summary>What of a value cannot be read.</summary>
    /// <param name="writer">The types of the program that has stored it.</param>
    /// <param name="written">The type of the value there.</param>
    /// <param name="reader">The types of the program that reads it.</param>
    /// <param name="read">The type of the value there.</param>
    public static IReadOnlyList<ContractBreak> Compare(ContractTypes writer, ContractType written, ContractTypes reader, ContractType read)
    {
        var comparison = new ShapeComparison(writer, reader);

        // Whether there is a value at all is not a question of its shape: one method reads T? and another stores T.
        comparison._open.Push((written with { IsNullable = false }, read, Short(written.ToString())));
        while (comparison._open.Count > 0)
        {
            var next = comparison._open.Pop();
            comparison.CompareTypes(next.Written, next.Read, next.Path);
        }

        return comparison._breaks;
    }

    private void CompareTypes(ContractType written, ContractType read, string path)
    {
        if (written.IsNullable && !read.IsNullable)
        {
            CheckNull(read, path, written.ToString(), "null was stored");
        }

        switch (written, read)
        {
            case (ContractType.Wrapped one, ContractType.Wrapped other):
                _open.Push((one.Inside, other.Inside, path));
                break;
            case (ContractType.Wrapped one, _):
                _open.Push((one.Inside, read, path));
                break;
            case (_, ContractType.Wrapped other):
                _open.Push((written with { IsNullable = false }, other.Inside, path));
                break;
            case (ContractType.Named one, ContractType.Named other):
                CompareShapes(one, other, path);
                break;
            case (ContractType.List one, ContractType.List other):
                _open.Push((one.Element, other.Element, path + "[]"));
                break;
            case (ContractType.Map one, ContractType.Map other):
                _open.Push((one.Value, other.Value, path + "[] (value)"));
                _open.Push((one.Key, other.Key, path + "[] (key)"));
                break;
            case (ContractType.Tuple one, ContractType.Tuple other) when one.Items.Count == other.Items.Count:
                CompareItems(one.Items, other.Items, path);
                break;
            case (ContractType.Grid one, ContractType.Grid other) when one.Rank == other.Rank:
                _open.Push((one.Element, other.Element, path + "[]"));
                break;
            case (ContractType.Custom one, ContractType.Custom other) when one.Codec == other.Codec:
                break;
            case (ContractType.Custom, _) or (_, ContractType.Custom):
                Add(path, BreakKind.Throws, written, read, "another codec reads what this one has written");
                break;
            default:
                CompareLeaves(written, read, path);
                break;
        }
    }

    private void CompareItems(EquatableArray<ContractType> written, EquatableArray<ContractType> read, string path)
    {
        for (var i = written.Count - 1; i >= 0; i--)
        {
            _open.Push((written[i], read[i], $"{path}.Item{i + 1}"));
        }
    }

    // An enum is a number to one that knows it as a number.
    private void CompareLeaves(ContractType written, ContractType read, string path)
    {
        if (_written.LeafOf(written) is not { } one || _read.LeafOf(read) is not { } other || (one != other && _written.Find(written) is not null && !ContractLeaf.IsNumber(other)))
        {
            Add(path, BreakKind.Differs, written, read, "its form has changed");
        }
        else if (!ContractLeaf.CanRead(other, one))
        {
            var isNarrower = ContractLeaf.IsInteger(one) && ContractLeaf.IsInteger(other);
            Add(path, BreakKind.Throws, written, read, isNarrower ? "values that do not fit cannot be read" : "it cannot be read, or means something else");
        }
    }

    private void CompareShapes(ContractType.Named written, ContractType.Named read, string path)
    {
        // A type that the contract does not describe is one that it cannot judge.
        if (_written.Find(written) is not { } one || _read.Find(read) is not { } other || !_seen.Add((written.Name, read.Name)))
        {
            return;
        }

        switch (one, other)
        {
            case (ContractShape.Enum from, ContractShape.Enum to):
                CompareEnums(from, to);
                break;
            case (ContractShape.Union from, ContractShape.Union to):
                CompareUnions(from, to);
                break;
            case (ContractShape.Object from, ContractShape.Object to) when from.KeyedByName == to.KeyedByName:
                new ObjectComparison(this, from, to).Compare();
                break;
            default:
                Add(path, BreakKind.Throws, $"{written.Name} ({Form(one)})", $"{read.Name} ({Form(other)})", "its form has changed");
                break;
        }
    }

    private void CompareEnums(ContractShape.Enum written, ContractShape.Enum read)
    {
        var path = Short(written.Name);
        if (!ContractLeaf.CanRead(read.Number, written.Number))
        {
            Add(path, BreakKind.Throws, written.Number, read.Number, "numbers that do not fit cannot be read");
        }

        foreach (var members in written.Members.Where(member => !written.IsFlags || !IsCombined(member, written)).GroupBy(static member => member.Number))
        {
            var names = read.Members.Where(member => member.Number == members.Key).Select(static member => member.Name).ToList();
            if (!members.Any(member => names.Contains(member.Name)))
            {
                var member = members.First();
                var after = names.Count > 0 ? string.Join(", ", names) : "no name";
                Add($"{path}.{member.Name}", BreakKind.Differs, Show(member), after, $"the stored number {member.Number} means something else, or nothing");
            }
        }

        static string Show(ContractEnumMember member) => FormattableString.Invariant($"{member.Name} = {member.Number}");
    }

    // A name for several others means what they mean.
    private static bool IsCombined(ContractEnumMember member, ContractShape.Enum type)
    {
        var rest = unchecked((ulong)(long)Math.Min(member.Number, long.MaxValue));
        foreach (var other in type.Members.Where(other => other.Number > 0 && other.Number < member.Number))
        {
            var bits = (ulong)other.Number;
            rest = ((ulong)member.Number & bits) == bits ? rest & ~bits : rest;
        }

        return member.Number > 0 && rest == 0;
    }

    private void CompareUnions(ContractShape.Union written, ContractShape.Union read)
    {
        var path = Short(written.Name);
        foreach (var one in written.Cases)
        {
            var other = read.Cases.FirstOrDefault(other => other.Key == one.Key);
            var moved = read.Cases.FirstOrDefault(other => other.Key != one.Key && other.Type.ToString() == one.Type.ToString());
            if (other is null)
            {
                Add(path, BreakKind.Differs, $"{one.Key}: {one.Type}", "not known", "such a value is read as null");
            }
            else if (moved is not null && other.Type.ToString() != one.Type.ToString())
            {
                Add(path, BreakKind.Differs, $"{one.Key}: {one.Type}", $"{one.Key}: {other.Type}", "the key belongs to another type");
            }
            else
            {
                _open.Push((one.Type, other.Type, path));
            }
        }
    }

    /// <summary>Compares what lies in a member.</summary>
    internal void Open(ContractType written, ContractType read, string path) => _open.Push((written, read, path));

    /// <summary>Tells what reading null as a type gives, where the type says that there is no null.</summary>
    internal void CheckNull(ContractType read, string path, string written, string reason)
    {
        switch (ReadsNull(read))
        {
            case ContractLeaf.NullRead.Throws:
                Add(path, BreakKind.Throws, written, read.ToString(), $"{reason}, which cannot be read");
                break;
            case ContractLeaf.NullRead.Null:
                Add(path, BreakKind.Null, written, read.ToString(), $"{reason}, although it says that it is never null");
                break;
            default:
                Add(path, BreakKind.Null, written, read.ToString(), $"{reason}, and is read as an empty value");
                break;
        }
    }

    /// <summary>Tells that a member without a value of its own is null where it says that it never is.</summary>
    internal void CheckMissing(ContractType read, string path)
    {
        if (ReadsNull(read) == ContractLeaf.NullRead.Null)
        {
            Add(path, BreakKind.Null, "no member", read.ToString(), "it is null where it was not stored, although it says that it never is");
        }
    }

    internal void Add(string path, BreakKind kind, string written, string read, string reason)
    {
        var found = new ContractBreak(path, kind, written, read, reason);
        if (!_breaks.Contains(found))
        {
            _breaks.Add(found);
        }
    }

    private void Add(string path, BreakKind kind, ContractType written, ContractType read, string reason) =>
        Add(path, kind, Describe(written, _written), Describe(read, _read), reason);

    private ContractLeaf.NullRead ReadsNull(ContractType type) => type switch
    {
        ContractType.Leaf leaf => ContractLeaf.ReadsNull(leaf.Name),
        ContractType.Tuple => ContractLeaf.NullRead.Throws,
        _ when _read.Find(type) is ContractShape.Enum or ContractShape.Object { IsStruct: true } => ContractLeaf.NullRead.Throws,
        _ => ContractLeaf.NullRead.Null,
    };

    private static string Describe(ContractType type, ContractTypes types) => types.Find(type) is { } shape ? $"{type} ({Form(shape)})" : type.ToString();

    private static string Form(ContractShape shape) => shape switch
    {
        ContractShape.Enum item => $"enum of {item.Number}",
        ContractShape.Union => "union",
        ContractShape.Object { KeyedByName: true } => "map by name",
        _ => "array by key",
    };

    /// <summary>The type without its namespace, for messages.</summary>
    internal static string Short(string name)
    {
        var end = name.IndexOf('<');
        var start = name.LastIndexOf('.', end < 0 ? name.Length - 1 : end) + 1;
        return name.Substring(start);
    }
}

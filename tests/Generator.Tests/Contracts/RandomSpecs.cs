namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Random types, and changes to them such as people make. The same seed gives the same ones.</summary>
internal sealed class RandomSpecs(int seed)
{
    private const int Depth = 2;

    private static readonly string[] Leaves =
    [
        "byte", "short", "int", "uint", "long", "ulong", "float", "double", "decimal", "bool", "char", "string", "byte[]", "Guid", "DateTime", "DateOnly", "TimeSpan", "Uri",
    ];

    private static readonly string[] Numbers = ["byte", "short", "int", "long"];
    private static readonly string[] Names = ["Id", "Name", "Price", "Stock", "Brand", "Note", "Size", "Tags"];
    private static readonly string[] Cases = ["Circle", "Square", "Line"];
    private static readonly string[] Colors = ["Red", "Green", "Blue", "Black"];

    private readonly Random _random = new(seed);

    // Its cases have names of their own in the file.
    private bool _hasUnion;

    /// <summary>A type and changed forms of it, each made from an earlier one.</summary>
    public IReadOnlyList<Spec.Item> Family(int size)
    {
        _hasUnion = false;
        var family = new List<Spec.Item> { NewItem(Depth) };
        while (family.Count < size)
        {
            family.Add((Spec.Item)Change(family[_random.Next(family.Count)]));
        }

        return family;
    }

    private Spec.Item NewItem(int depth)
    {
        var kind = (ItemKind)_random.Next(3);
        var names = _random.GetItems(Names, _random.Next(2, 5)).Distinct().ToList();
        var keyedByName = _random.Next(3) == 0;
        return new Spec.Item(kind, keyedByName, [.. names.Select((name, index) => new Part((index * 2) - (index / 2), name, NewType(depth)))]);
    }

    private Spec NewType(int depth)
    {
        Spec type = (depth == 0 ? 0 : _random.Next(11)) switch
        {
            0 or 1 or 2 or 3 => new Spec.Leaf(Leaves[_random.Next(Leaves.Length)]),
            4 => NewChoice(),
            5 => NewItem(depth - 1),
            6 => new Spec.List(NewType(depth - 1)),
            7 => new Spec.Map(NewType(depth - 1)),
            8 => new Spec.Tuple([NewType(0), NewType(depth - 1)]),
            9 => new Spec.Lazy(NewType(0) with { IsNullable = false }),
            _ when !_hasUnion => NewUnion(),
            _ => NewItem(0),
        };
        return type with { IsNullable = _random.Next(3) == 0 };
    }

    private Spec.Union NewUnion()
    {
        _hasUnion = true;
        return new Spec.Union([.. Cases.Take(_random.Next(1, 3)).Select((name, index) => (index, name, NewItem(0) with { Kind = ItemKind.Class }))]);
    }

    private Spec.Choice NewChoice() => new(Numbers[_random.Next(Numbers.Length)], [.. Colors.Take(_random.Next(2, 4)).Select(static (name, index) => (name, index))]);

    // One place is changed; how deep it lies is left to chance as well.
    private Spec Change(Spec spec) => spec switch
    {
        Spec.Item item => Change(item),
        Spec.Leaf leaf => _random.Next(3) == 0 ? Toggle(leaf) : new Spec.Leaf(Leaves[_random.Next(Leaves.Length)]) { IsNullable = leaf.IsNullable },
        Spec.Choice choice => Change(choice),
        Spec.List list => _random.Next(3) switch { 0 => Toggle(list), 1 => NewType(1), _ => list with { Element = Change(list.Element) } },
        Spec.Lazy lazy => _random.Next(3) switch { 0 => Toggle(lazy), 1 => lazy.Inside, _ => lazy with { Inside = Change(lazy.Inside) with { IsNullable = false } } },
        Spec.Map map => _random.Next(3) switch { 0 => Toggle(map), 1 => NewType(1), _ => map with { Value = Change(map.Value) } },
        Spec.Tuple tuple => _random.Next(3) switch
        {
            0 => tuple with { Items = [.. tuple.Items, NewType(0)] },
            1 => Toggle(tuple),
            _ => tuple with { Items = [Change(tuple.Items[0]), .. tuple.Items.Skip(1)] },
        },
        Spec.Union union => Change(union),
        _ => spec,
    };

    private Spec Change(Spec.Choice choice) => _random.Next(6) switch
    {
        0 => Toggle(choice),
        1 => choice with { Number = Numbers[_random.Next(Numbers.Length)] },
        2 => choice with { Members = [.. choice.Members.Skip(choice.Members.Count > 1 ? 1 : 0)] },
        3 => choice with { Members = [.. choice.Members.Select((member, index) => (member.Name, index + 1))] },
        4 when choice.Members.Count < Colors.Length => choice with { Members = [.. choice.Members, (Colors.First(name => choice.Members.All(member => member.Name != name)), 40)] },
        _ => new Spec.Leaf(Numbers[_random.Next(Numbers.Length)]),
    };

    private Spec Change(Spec.Union union)
    {
        var cases = union.Cases.ToList();
        switch (_random.Next(5))
        {
            case 0:
                return Toggle(union);
            case 1 when cases.Count < Cases.Length:
                cases.Add((cases.Max(static one => one.Key) + 1, Cases.First(name => cases.TrueForAll(one => one.Name != name)), NewItem(0) with { Kind = ItemKind.Class }));
                break;
            case 2 when cases.Count > 1:
                cases.RemoveAt(_random.Next(cases.Count));
                break;
            case 3 when cases.Count > 1:
                (cases[0], cases[1]) = ((cases[1].Key, cases[0].Name, cases[0].Type), (cases[0].Key, cases[1].Name, cases[1].Type));
                break;
            default:
                cases[0] = (cases[0].Key, cases[0].Name, (Spec.Item)Change(cases[0].Type) with { Kind = ItemKind.Class });
                break;
        }

        return union with { Cases = cases };
    }

    private Spec.Item Change(Spec.Item item)
    {
        var parts = item.Parts.ToList();
        var index = _random.Next(parts.Count);
        var free = Names.FirstOrDefault(name => parts.TrueForAll(part => part.Name != name));
        switch (_random.Next(10))
        {
            case 0 when free is not null:
                parts.Add(new Part(FreeKey(parts), free, NewType(1)));
                break;
            case 1 when parts.Count > 1:
                parts.RemoveAt(index);
                break;
            case 2 when free is not null:
                parts[index] = parts[index] with { Name = free };
                break;
            case 3:
                parts[index] = parts[index] with { Key = FreeKey(parts) };
                break;
            case 4:
                return item with { Kind = (ItemKind)_random.Next(3) };
            case 5 when _random.Next(3) == 0:
                return item with { KeyedByName = !item.KeyedByName };
            default:
                parts[index] = parts[index] with { Type = Change(parts[index].Type) };
                break;
        }

        return item with { Parts = parts };
    }

    // In a gap or behind the end.
    private int FreeKey(List<Part> parts)
    {
        var free = Enumerable.Range(0, parts.Count + 4).Where(key => parts.TrueForAll(part => part.Key != key)).ToList();
        return free[_random.Next(free.Count)];
    }

    private static Spec Toggle(Spec spec) => spec with { IsNullable = !spec.IsNullable };
}

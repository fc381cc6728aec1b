namespace TypedCache.Generator.Contracts;

/// <summary>The types of a contract by name.</summary>
internal sealed class ContractTypes
{
    private readonly Dictionary<string, ContractShape> _shapes = new(StringComparer.Ordinal);

    public ContractTypes(ContractFile contract)
    {
        foreach (var shape in contract.Types)
        {
            _shapes[shape.Name] = shape;
        }
    }

    /// <summary>The shape of a type; null where it has no name, or the contract does not describe it.</summary>
    public ContractShape? Find(ContractType type) => type is ContractType.Named named && _shapes.TryGetValue(named.Name, out var shape) ? shape : null;

    /// <summary>The simple type as that it is stored: that of its numbers for an enum; null for what is none.</summary>
    public string? LeafOf(ContractType type) => type switch
    {
        ContractType.Leaf leaf => leaf.Name,
        _ when Find(type) is ContractShape.Enum item => item.Number,
        _ => null,
    };

    /// <summary>The shapes that a value is made of, each once.</summary>
    public IEnumerable<ContractShape> Reach(ContractType? value)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<ContractType>(value is null ? [] : [value]);
        while (open.Count > 0)
        {
            var type = open.Pop();
            var shape = Find(type);
            var isNew = shape is not null && seen.Add(shape.Name);
            foreach (var part in ContractParts.Of(type).Concat(isNew ? ContractParts.Of(shape!) : []))
            {
                open.Push(part);
            }

            if (isNew)
            {
                yield return shape!;
            }
        }
    }
}

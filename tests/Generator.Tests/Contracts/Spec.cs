namespace TypedCache.Generator.Tests.Contracts;

/// <summary>The type of a stored value, from which both C# and sample values are written.</summary>
internal abstract record Spec
{
    /// <summary>Whether the type has a question mark.</summary>
    public bool IsNullable { get; init; }

    /// <summary>A type of the framework.</summary>
    internal sealed record Leaf(string Name) : Spec;

    /// <summary>An enum with members that have numbers.</summary>
    internal sealed record Choice(string Number, IReadOnlyList<(string Name, int Number)> Members) : Spec;

    /// <summary>A class with settable properties, a record with a constructor, or a record struct.</summary>
    internal sealed record Item(ItemKind Kind, bool KeyedByName, IReadOnlyList<Part> Parts) : Spec;

    /// <summary>An interface with its implementations.</summary>
    internal sealed record Union(IReadOnlyList<(int Key, string Name, Item Type)> Cases) : Spec;

    /// <summary>A list.</summary>
    internal sealed record List(Spec Element) : Spec;

    /// <summary>A dictionary by string.</summary>
    internal sealed record Map(Spec Value) : Spec;

    /// <summary>A class that is written as what is inside it.</summary>
    internal sealed record Lazy(Spec Inside) : Spec;

    /// <summary>A value tuple.</summary>
    internal sealed record Tuple(IReadOnlyList<Spec> Items) : Spec;
}

/// <summary>How the members of an object are set.</summary>
internal enum ItemKind
{
    Class,
    Record,
    Struct,
}

/// <summary>A member.</summary>
internal sealed record Part(int Key, string Name, Spec Type);

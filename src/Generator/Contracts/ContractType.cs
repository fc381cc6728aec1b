using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts;

/// <summary>The type of a stored value, as far as it decides about the bytes.</summary>
/// <param name="IsNullable">Whether null may be stored.</param>
internal abstract record ContractType(bool IsNullable)
{
    /// <summary>The type as C# would write it, for people.</summary>
    public sealed override string ToString() => Text + (IsNullable ? "?" : "");

    /// <summary>The type without its question mark.</summary>
    protected abstract string Text { get; }

    /// <summary>A value that is written by one call, such as <c>int</c>, <c>string</c> or <c>Guid</c>.</summary>
    internal sealed record Leaf(string Name, bool IsNullable) : ContractType(IsNullable)
    {
        protected override string Text => Name;
    }

    /// <summary>A type with a shape of its own in the contract.</summary>
    internal sealed record Named(string Name, bool IsNullable) : ContractType(IsNullable)
    {
        protected override string Text => Name;
    }

    /// <summary>Any collection of elements: an array.</summary>
    internal sealed record List(ContractType Element, bool IsNullable) : ContractType(IsNullable)
    {
        protected override string Text => $"list<{Element}>";
    }

    /// <summary>A dictionary: a map.</summary>
    internal sealed record Map(ContractType Key, ContractType Value, bool IsNullable) : ContractType(IsNullable)
    {
        protected override string Text => $"map<{Key}, {Value}>";
    }

    /// <summary>An array of exactly so many items.</summary>
    internal sealed record Tuple(EquatableArray<ContractType> Items, bool IsNullable) : ContractType(IsNullable)
    {
        protected override string Text => $"tuple<{string.Join(", ", Items)}>";
    }

    /// <summary>An array of two to four dimensions.</summary>
    internal sealed record Grid(int Rank, ContractType Element, bool IsNullable) : ContractType(IsNullable)
    {
        protected override string Text => $"{Element}[{new string(',', Rank - 1)}]";
    }

    /// <summary>A class that is written as what is inside it, such as a value object: it is null where that has none.</summary>
    internal sealed record Wrapped(ContractType Inside, bool IsNullable) : ContractType(IsNullable)
    {
        protected override string Text => $"{Inside} in a class";
    }

    /// <summary>What a codec of the project writes.</summary>
    internal sealed record Custom(string Codec, bool IsNullable) : ContractType(IsNullable)
    {
        protected override string Text => $"codec {Codec}";
    }
}

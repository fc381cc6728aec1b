using System.Globalization;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts;

/// <summary>How the values of a named type are stored.</summary>
/// <param name="Name">The type with its namespace.</param>
internal abstract record ContractShape(string Name)
{
    /// <summary>A class, struct or record: an array by the members' numbers, or a map by their names.</summary>
    internal sealed record Object(string Name, bool KeyedByName, EquatableArray<ContractMember> Members) : ContractShape(Name)
    {
        /// <summary>Whether null cannot be read, since the type has none.</summary>
        public bool IsStruct { get; init; }
    }

    /// <summary>An enum, stored as its number.</summary>
    /// <param name="Number">The type of the numbers, such as <c>int</c>.</param>
    internal sealed record Enum(string Name, string Number, EquatableArray<ContractEnumMember> Members) : ContractShape(Name)
    {
        /// <summary>Whether its members are combined.</summary>
        public bool IsFlags { get; init; }
    }

    /// <summary>An interface or abstract class: an array of the key of the value's type and the value.</summary>
    internal sealed record Union(string Name, EquatableArray<ContractCase> Cases) : ContractShape(Name);
}

/// <summary>A stored member of an object.</summary>
/// <param name="Key">The place in an array as digits, or the name in a map.</param>
/// <param name="Name">The property or field.</param>
internal sealed record ContractMember(string Key, string Name, ContractType Type)
{
    /// <summary>Whether it has no value of its own where nothing is stored: a constructor takes it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is written.</summary>
    public bool IsWritten { get; init; } = true;

    /// <summary>Whether it is read.</summary>
    public bool IsRead { get; init; } = true;

    /// <summary>The place in an array.</summary>
    public int Index => int.Parse(Key, CultureInfo.InvariantCulture);
}

/// <summary>A member of an enum.</summary>
/// <param name="Number">Its number; a decimal holds those of all types.</param>
internal sealed record ContractEnumMember(string Name, decimal Number);

/// <summary>A type of a union.</summary>
internal sealed record ContractCase(int Key, ContractType Type);

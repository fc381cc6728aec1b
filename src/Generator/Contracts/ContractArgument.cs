using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts;

/// <summary>A placeholder of a key.</summary>
/// <param name="Name">What it names: a parameter, or a property of one.</param>
/// <param name="Type">The type that is written, such as <c>int</c>, <c>Guid</c> or <c>enum</c>.</param>
internal sealed record ContractArgument(string Name, string Type)
{
    private static readonly HashSet<string> Integers = new(StringComparer.Ordinal)
    {
        "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "Int128", "UInt128",
    };

    /// <summary>The format it is written with; null for the type's own.</summary>
    public string? Format { get; init; }

    /// <summary>The names of an enum, in order.</summary>
    public EquatableArray<string> Names { get; init; }

    /// <summary>Whether it is an integer that is written as its digits.</summary>
    public bool IsInteger => Format is null && Integers.Contains(Type);

    /// <summary>Whether its text has no character that a policy would change.</summary>
    public bool IsPlain => IsInteger || (Format is null && Type is "Guid" or "bool");

    /// <summary>What decides about the text of an argument: all integers without a format have one text.</summary>
    public string Form => IsInteger ? "integer" : Format is null ? Type : $"{Type}:{Format}";
}

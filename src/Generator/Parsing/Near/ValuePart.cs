using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Near;

/// <summary>A part of a value, and how one gets to it.</summary>
/// <param name="Type">The type of the part.</param>
/// <param name="IsCustom">Whether a codec makes it that somebody wrote by hand.</param>
/// <param name="Owner">The part that holds it; null for the value itself.</param>
/// <param name="Member">The member of the owner; null where that has no name, as the items of a collection.</param>
internal sealed record ValuePart(ITypeSymbol Type, bool IsCustom, ValuePart? Owner = null, string? Member = null)
{
    /// <summary>Whether the type of the owner keeps it where nobody else sees it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The part for people: the type of the value, and the members on the way.</summary>
    public string Path => Member is null ? Name : Owner!.PathTo(Member);

    /// <summary>The type for people.</summary>
    public string Name => TypeText.Message(TypeText.WithoutAnnotation(Type));

    /// <summary>A member of the part for people. Items go by the name of the member that holds the collection.</summary>
    public string PathTo(string member)
    {
        var named = this;
        while (named is { Member: null, Owner: { } owner })
        {
            named = owner;
        }

        return $"{(named.Member is null ? Name : named.Path)}.{member}";
    }
}

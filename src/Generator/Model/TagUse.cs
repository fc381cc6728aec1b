namespace TypedCache.Generator.Model;

/// <summary>A tag of what lies under a key, to be compared with those of other members with that key.</summary>
/// <param name="Form">Which tags it gives: tags of one form give the same for the same arguments.</param>
/// <param name="Links">Which placeholders of the key give the same as its own, and where those differ that no key has.</param>
/// <param name="Template">The tag as it is written, for people.</param>
internal sealed record TagUse(string Form, string Links, string Template)
{
    /// <summary>Whether both are one tag.</summary>
    public bool IsSameAs(TagUse other) => Form == other.Form && Links == other.Links;
}

/// <summary>What a template of a member has to do with tags.</summary>
internal enum TagRole
{
    /// <summary>It is of a key, and nothing is read or stored under it.</summary>
    None,

    /// <summary>It is of a key whose values can have tags, and what the member reads or stores has those that are named.</summary>
    Carries,

    /// <summary>It is of a key, and the member reads or stores values in a way that leaves no room for tags.</summary>
    Refuses,

    /// <summary>It is of a tag that the parameters give.</summary>
    IsTag,

    /// <summary>It is of a tag that is read from the value.</summary>
    IsTagOfValue,

    /// <summary>It is of a tag whose values the member makes stale.</summary>
    Invalidates,

    /// <summary>It is of a tag whose values the member makes misses.</summary>
    Removes,
}

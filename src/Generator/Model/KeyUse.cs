using TypedCache.Generator.Keys;

namespace TypedCache.Generator.Model;

/// <summary>One template of an interface: that keys it gives, and what lies under them.</summary>
/// <param name="Member">The member with its interface, for people.</param>
/// <param name="Template">The template with prefix and version, for people.</param>
/// <param name="Names">What the placeholders name, in order.</param>
/// <param name="Value">What is stored; null for members that do not care, such as one that deletes.</param>
/// <param name="Stale">How long the value is given on when it is stale, in seconds; null for members that do not care.</param>
/// <param name="Effect">What the member does to the bytes under the key.</param>
internal sealed record KeyUse(
    string Member, string Template, KeyShape Shape, EquatableArray<string> Names, StoredValue? Value, long? Stale, KeyEffect Effect)
{
    /// <summary>For how long the member keeps values in its process; null for one that does not read, or goes past them on purpose.</summary>
    public NearModel? Near { get; init; }

    /// <summary>What it has to do with tags.</summary>
    public TagRole TagRole { get; init; }

    /// <summary>The tags of what is read or stored.</summary>
    public EquatableArray<TagUse> Tags { get; init; }
}

/// <summary>What a member does to the bytes under a key.</summary>
internal enum KeyEffect
{
    /// <summary>It leaves them as they are, or removes them.</summary>
    None,

    /// <summary>It stores a value as a whole, compressed if that pays.</summary>
    Stores,

    /// <summary>It stores a value as a whole where there is none, and holds the place while it makes the value.</summary>
    Creates,

    /// <summary>It adds to them.</summary>
    Appends,
}

/// <summary>What is stored under a key.</summary>
/// <param name="Form">The type without what makes no difference to the bytes: types of one form read each other's values.</param>
/// <param name="Name">The type for people.</param>
/// <param name="IsCounter">Whether it is counted by the server.</param>
/// <param name="IsNumberText">Whether it is stored as the text of an integer, as counters are, or as any text or bytes.</param>
internal sealed record StoredValue(string Form, string Name, bool IsCounter, bool IsNumberText)
{
    /// <summary>The dialect that stores the number as bytes, which the server cannot count; null where it is text, or no number.</summary>
    public string? DialectOfBytes { get; init; }

    /// <summary>Whether one can be read where the other was written.</summary>
    public bool FitsTo(StoredValue other) =>
        Form == other.Form || (IsCounter && other.IsNumberText) || (other.IsCounter && IsNumberText);
}

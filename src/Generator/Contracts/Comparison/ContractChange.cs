using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts.Comparison;

/// <summary>What has changed for one key since the contract was written.</summary>
/// <param name="Kind">How much it matters.</param>
/// <param name="Old">The key in the contract; null for a new one.</param>
/// <param name="New">The key now; null for one that has vanished.</param>
internal sealed record ContractChange(ChangeKind Kind, ContractKey? Old, ContractKey? New)
{
    /// <summary>What cannot be read: of what is stored by the new program, for <see cref="ChangeKind.Breaks"/>.</summary>
    public EquatableArray<ContractFinding> Findings { get; init; }

    /// <summary>Whether the key has a version again that it had before.</summary>
    public bool GoesBack => Old is { } former && New is { } now && now.Identity == former.Identity;

    /// <summary>What becomes of the values under a key that has vanished, as a sentence without its full stop.</summary>
    public string Leftover =>
        GoesBack ? "under a version that was used before there can be values of that time"
        : Old is not { Codec: not null } former ? "nobody reads, deletes or touches what lies under it any more"
        : former.Expires is null ? "nothing says when its values expire, and nobody reads or deletes them any more"
        : $"its values live on for up to {former.Expires}{(former.Stale is null ? "" : $" and {former.Stale} as stale ones")}, and nobody reads or deletes them any more";
}

/// <summary>One thing that cannot be read, and by whom.</summary>
/// <param name="IsOldReader">Whether old processes read what new ones write; else new ones what is stored.</param>
internal sealed record ContractFinding(ContractBreak Break, bool IsOldReader)
{
    /// <summary>What it was. Where old processes read, the new ones are those that have written.</summary>
    public string Before => IsOldReader ? Break.Read : Break.Written;

    /// <summary>What it is.</summary>
    public string After => IsOldReader ? Break.Written : Break.Read;

    /// <summary>Whether it is about a type, whichever keys have values of that type.</summary>
    public bool IsOfType { get; init; }

    /// <summary>Whether what is stored cannot be read any more, which is worse than anything else.</summary>
    public bool IsBroken => !IsOldReader && Break.Kind != BreakKind.Null;

    /// <summary>Whether another one says of the same change that what is stored cannot be read: then nobody asks for the other way round.</summary>
    public bool IsToldBy(ContractFinding other) =>
        IsOldReader && other.IsBroken && (other.Break.Path == Break.Path || (other.Break.Written == Break.Read && other.Break.Read == Break.Written));
}

/// <summary>How much a change matters.</summary>
internal enum ChangeKind
{
    /// <summary>What is stored cannot be read, or means something else.</summary>
    Breaks,

    /// <summary>What is stored can be read, but one side reads null or cannot read what the other writes while both run.</summary>
    OneSided,

    /// <summary>A key has vanished or is another one now, and its values live on.</summary>
    Vanished,

    /// <summary>Nothing can go wrong.</summary>
    Safe,
}

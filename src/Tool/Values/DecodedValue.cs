using TypedCache.Values;

namespace TypedCache.Tool.Values;

/// <summary>A stored value that has been decoded for people.</summary>
/// <param name="Flags">The flags under which it is stored.</param>
/// <param name="Kind">What they say of the value itself.</param>
/// <param name="Size">How many bytes the value has, uncompressed and without its tags.</param>
/// <param name="Node">The value.</param>
internal sealed record DecodedValue(uint Flags, ValueKind Kind, int Size, ValueNode Node)
{
    /// <summary>The tags whose versions stand behind it; null: it has none.</summary>
    public StoredTags? Tags { get; init; }

    /// <summary>Why no codec reads it under the dialect, with who has written it; null: they do.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Where it is not what the contract says.</summary>
    public IReadOnlyList<Misfit> Misfits { get; init; } = [];
}

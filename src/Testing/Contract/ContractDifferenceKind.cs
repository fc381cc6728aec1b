namespace TypedCache.Testing;

/// <summary>What a change of a <see cref="Contract"/> does.</summary>
public enum ContractDifferenceKind
{
    /// <summary>The new version cannot read what is stored, or reads it as something else.</summary>
    NewCannotRead,

    /// <summary>The new version reads null where its type says that there is none.</summary>
    NewReadsNull,

    /// <summary>Processes of the old version cannot read what the new one writes, while both run.</summary>
    OldCannotRead,

    /// <summary>A key has vanished, or is another one now, and its values live on.</summary>
    KeyVanished,
}

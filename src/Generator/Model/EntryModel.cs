namespace TypedCache.Generator.Model;

/// <summary>A method that talks to no server itself, but gives a typed place in the cache.</summary>
/// <param name="Name">The name as code.</param>
/// <param name="ExplicitInterface">The base interface that declares it, as code; null for a member of the client's own interface.</param>
/// <param name="ReturnType">The declared return type, as code.</param>
/// <param name="NotNull">Parameters that are checked for null first.</param>
/// <param name="Item">What tells the entries of a set apart; null for the other kinds.</param>
/// <param name="WriterName">What the key writer is called in the lambda of a set.</param>
/// <param name="Codec">The codec of the values; null for counters.</param>
/// <param name="SuppressesNullability">Whether the declared type's value is annotated, which the codec's is not.</param>
/// <param name="Options">How values are kept that the entry creates; null where it says nothing but, perhaps, the expiry.</param>
internal sealed record EntryModel(
    string Name,
    string? ExplicitInterface,
    EntryKind Kind,
    string ReturnType,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<string> NotNull,
    KeyModel Key,
    ParameterModel? Item,
    string WriterName,
    ExpiryModel Expiry,
    MethodCodec? Codec,
    bool SuppressesNullability,
    OptionsModel? Options);

/// <summary>What a method gives that talks to no server itself. The names are those of the runtime's types.</summary>
internal enum EntryKind
{
    /// <summary>One value.</summary>
    CacheEntry,

    /// <summary>One counter.</summary>
    CacheCounter,

    /// <summary>Values whose keys differ in one part.</summary>
    CacheEntrySet,
}

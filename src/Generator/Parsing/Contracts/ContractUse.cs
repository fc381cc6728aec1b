using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Keys;

namespace TypedCache.Generator.Parsing.Contracts;

/// <summary>A member that uses a key, for the contract.</summary>
/// <param name="Method">The member's name.</param>
/// <param name="Key">Its key.</param>
/// <param name="Parser">What is known of the key beyond that.</param>
/// <param name="Codec">The codec of the value; null where it neither stores nor reads one.</param>
/// <param name="IsCounter">Whether the server counts the value.</param>
/// <param name="Effect">What it does to what lies under the key.</param>
/// <param name="Options">How values are kept.</param>
/// <param name="Tags">The tags of the values, as they are written.</param>
/// <param name="IsBatch">Whether a placeholder is a collection, whose name says less.</param>
internal sealed record ContractUse(
    string Method,
    KeyModel Key,
    KeyParser Parser,
    MethodCodec? Codec,
    bool IsCounter,
    KeyEffect Effect,
    OptionsModel Options,
    IReadOnlyList<string> Tags,
    bool IsBatch);

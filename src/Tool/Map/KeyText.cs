using System.Text.RegularExpressions;
using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Map;

/// <summary>What a contract says of a key, in few words.</summary>
internal static partial class KeyText
{
    /// <summary>What is stored: the type without namespaces, and how where it is not MessagePack.</summary>
    public static string Stored(ContractKey key) => (key.Codec, key.Value) switch
    {
        (null, _) => "-",
        (ContractCodec.Counter, _) => "counter",
        (ContractCodec.MessagePack, { } value) => Short(value),
        (ContractCodec.Plain, { } value) => $"{Short(value)}, plain",
        (ContractCodec.MessagePack or ContractCodec.Plain, null) => key.Codec,
        (_, null) => $"by {key.Codec}",
        (_, { } value) => $"{Short(value)} by {key.Codec}",
    };

    /// <summary>How long it lives: its time, then for how long it is stale, then for how long it is near.</summary>
    public static string Lives(ContractKey key, string separator)
    {
        string?[] parts = [key.Expires, key.Stale is null ? null : $"+{key.Stale} stale", key.Near is null ? null : $"{key.Near} near"];
        return string.Join(separator, parts.OfType<string>());
    }

    /// <summary>A type without namespaces.</summary>
    public static string Short(ContractType type) => Namespaces().Replace(type.ToString(), "");

    /// <summary>An interface without its namespace.</summary>
    public static string Client(ContractKey key) => key.Client[(key.Client.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"\b(?:\w+\.)+(?=\w)")]
    private static partial Regex Namespaces();
}

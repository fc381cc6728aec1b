using System.Globalization;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts;

/// <summary>A key template: which keys it gives, and what is stored under them.</summary>
/// <param name="Pattern">The whole key as it is written, with prefix, version and fingerprint; placeholders stand in braces.</param>
/// <param name="Client">The interface with its namespace.</param>
internal sealed record ContractKey(string Pattern, string Client)
{
    /// <summary>The members of the interface that use the key, ordered by name.</summary>
    public EquatableArray<string> Methods { get; init; }

    /// <summary>The text in front of all keys of the interface; empty for none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The version in the key; 0 for none.</summary>
    public int Version { get; init; }

    /// <summary>The fingerprint of the value's shape in the key; null for none.</summary>
    public string? Schema { get; init; }

    /// <summary>How arguments are written: a member of the runtime's <c>KeyPolicy</c>.</summary>
    public string Policy { get; init; } = "Escape";

    /// <summary>What the placeholders are, in their order.</summary>
    public EquatableArray<ContractArgument> Arguments { get; init; }

    /// <summary>The most bytes of a key; null where it has no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>How long a value is kept, such as <c>10m</c>; null for no limit.</summary>
    public string? Expires { get; init; }

    /// <summary>How long a value is given on after it has expired; null for not at all.</summary>
    public string? Stale { get; init; }

    /// <summary>How long a process keeps what it has read; null for not at all.</summary>
    public string? Near { get; init; }

    /// <summary>The tags of the values, as they are written.</summary>
    public EquatableArray<string> Tags { get; init; }

    /// <summary>Whether a member adds to the values, which are not compressed then.</summary>
    public bool IsAppended { get; init; }

    /// <summary>The dialect of the values: a member of the runtime's <c>CacheDialect</c>; null for that of the pool, and for counters.</summary>
    public string? Dialect { get; init; }

    /// <summary>What writes the values: one of <see cref="ContractCodec"/>, or the full name of a class; null where no member stores or reads one.</summary>
    public string? Codec { get; init; }

    /// <summary>What is stored; null for counters, and where <see cref="Codec"/> is.</summary>
    public ContractType? Value { get; init; }

    /// <summary>The pattern without prefix, version and fingerprint.</summary>
    public string Template
    {
        get
        {
            var start = (Prefix.Length > 0 ? ContractPattern.Doubled(Prefix) + ":" : "")
                + (Version > 0 ? string.Format(CultureInfo.InvariantCulture, "v{0}:", Version) : "")
                + (Schema is null ? "" : Schema + ":");
            return Pattern.StartsWith(start, StringComparison.Ordinal) ? Pattern.Substring(start.Length) : Pattern;
        }
    }

    /// <summary>
    /// Which keys the template gives, whatever its placeholders are called, and leaving version and fingerprint aside: two with one
    /// identity give the same key for the same arguments.
    /// </summary>
    public string Identity => ContractPattern.Identity(this);
}

/// <summary>What writes values that no class of the project does.</summary>
internal static class ContractCodec
{
    /// <summary>MessagePack, by a generated codec.</summary>
    public const string MessagePack = "messagepack";

    /// <summary>Text, bytes and numbers as they are.</summary>
    public const string Plain = "plain";

    /// <summary>A number that the server counts.</summary>
    public const string Counter = "counter";
}

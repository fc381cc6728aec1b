using System.Collections.Immutable;

namespace TypedCache.Generator.Diagnostics;

/// <summary>A misspelled name, and the one that was most likely meant.</summary>
internal sealed record Rename(string From, string To)
{
    public ImmutableDictionary<string, string?> ToProperties() => ImmutableDictionary<string, string?>.Empty
        .Add(RenameProperties.From, From)
        .Add(RenameProperties.To, To);
}

namespace TypedCache.Generator.Diagnostics;

/// <summary>The properties of a diagnostic about a misspelled name.</summary>
internal static class RenameProperties
{
    /// <summary>The name that is written.</summary>
    public const string From = "From";

    /// <summary>The name that somebody most likely meant.</summary>
    public const string To = "To";
}

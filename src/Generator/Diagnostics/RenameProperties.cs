namespace TypedCache.Generator.Diagnostics;

/// <summary>The properties of a diagnostic about a misspelled name.</summary>
internal static class RenameProperties
{
    /// <summary>The name which is written.</summary>
    public const string From = "From";

    /// <summary>The name which somebody most likely meant.</summary>
    public const string To = "To";
}

using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>
/// Names of generated files. The compiler takes names that differ in case alone for one, so that such names get a mark in front of each
/// capital; all others read like the interface.
/// </summary>
internal static class HintNames
{
    /// <summary>The names that have a twin, regardless of case.</summary>
    public static EquatableArray<string> FindTwins(IEnumerable<string> names) => new(names
        .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
        .Where(static group => group.Count() > 1)
        .SelectMany(static group => group));

    /// <summary>The name of the file.</summary>
    public static string Choose(string name, EquatableArray<string> twins) => twins.Contains(name)
        ? string.Concat(name.Select(static character => char.IsUpper(character) ? $"`{character}" : character.ToString()))
        : name;
}

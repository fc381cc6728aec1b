using System.IO.Enumeration;

namespace TypedCache.Testing;

/// <summary>Keys by their text, in which <c>*</c> stands for any characters: <c>shop:product:*</c>.</summary>
internal static class KeyPattern
{
    // What else has a meaning there is a character of the key here.
    public static bool Fits(string pattern, string key) => FileSystemName.MatchesSimpleExpression(
        pattern.Replace("\\", @"\\", StringComparison.Ordinal).Replace("?", @"\?", StringComparison.Ordinal), key, ignoreCase: false);
}

using System.IO.Enumeration;
using System.Text;

namespace TypedCache.Tool.Watching;

/// <summary>A pattern with <c>*</c> for any text and <c>?</c> for any byte.</summary>
/// <param name="pattern">The pattern.</param>
internal sealed class Glob(string pattern)
{
    // A character for each byte. A backslash is no escape here.
    private readonly string _pattern = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(pattern)).Replace(@"\", @"\\", StringComparison.Ordinal);

    /// <summary>Whether a text has the pattern. It takes time in proportion to both lengths, whatever the pattern is.</summary>
    public bool Matches(ReadOnlySpan<byte> text) => text.IsEmpty
        ? _pattern.AsSpan().TrimStart('*').IsEmpty
        : FileSystemName.MatchesSimpleExpression(_pattern, Encoding.Latin1.GetString(text), ignoreCase: false);
}

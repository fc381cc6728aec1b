namespace TypedCache.Tool.Watching;

/// <summary>A pattern with <c>*</c> for any text and <c>?</c> for any byte.</summary>
/// <param name="pattern">The pattern.</param>
internal sealed class Glob(string pattern)
{
    private readonly byte[] _pattern = System.Text.Encoding.UTF8.GetBytes(pattern);

    /// <summary>Whether a text has the pattern. It takes time in proportion to both lengths, whatever the pattern is.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        var (at, star, retry) = (0, -1, 0);
        for (var i = 0; i < text.Length;)
        {
            if (at < _pattern.Length && _pattern[at] == '*')
            {
                (star, retry) = (at++, i);
            }
            else if (at < _pattern.Length && (_pattern[at] == '?' || _pattern[at] == text[i]))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                // The last star takes one byte more.
                (at, i) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return _pattern.AsSpan(at).TrimStart((byte)'*').IsEmpty;
    }
}

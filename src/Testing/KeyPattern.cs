namespace TypedCache.Testing;

/// <summary>Keys by their text, in which <c>*</c> stands for any characters: <c>shop:product:*</c>.</summary>
internal static class KeyPattern
{
    public static bool Fits(string pattern, string key)
    {
        var (text, star, retry) = (0, -1, 0);
        for (var position = 0; text < key.Length;)
        {
            if (position < pattern.Length && pattern[position] == '*')
            {
                (star, retry) = (position++, text);
            }
            else if (position < pattern.Length && pattern[position] == key[text])
            {
                position++;
                text++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                (position, text) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }

            if (text == key.Length)
            {
                return pattern.AsSpan(position).TrimStart('*').IsEmpty;
            }
        }

        return pattern.AsSpan().TrimStart('*').IsEmpty;
    }
}

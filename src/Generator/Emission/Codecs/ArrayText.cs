namespace TypedCache.Generator.Emission.Codecs;

internal static class ArrayText
{
    /// <summary>
    /// The expression that makes an array. The new dimensions stand before those of the element type: an array of
    /// <c>int[]</c> is made by <c>new int[count][]</c>.
    /// </summary>
    public static string Create(string elementType, string lengths)
    {
        var end = elementType.Length;
        while (end > 0 && elementType[end - 1] == ']')
        {
            end = elementType.LastIndexOf('[', end - 1);
        }

        return $"new {elementType.Substring(0, end)}[{lengths}]{elementType.Substring(end)}";
    }
}

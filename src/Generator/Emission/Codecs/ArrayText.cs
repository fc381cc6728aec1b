namespace TypedCache.Generator.Emission.Codecs;

/// <summary>
/// Arrays of a type in C#. The new dimensions stand before those of the element type: an array of <c>int[,]</c> is <c>int[][,]</c>, and is
/// made by <c>new int[count][,]</c>.
/// </summary>
internal static class ArrayText
{
    /// <summary>The type of an array.</summary>
    public static string TypeOf(string elementType) => Insert(elementType, "[]");

    /// <summary>The expression that makes an array.</summary>
    public static string Create(string elementType, string lengths) => $"new {Insert(elementType, $"[{lengths}]")}";

    private static string Insert(string elementType, string dimensions)
    {
        var end = elementType.Length;
        while (end > 0 && elementType[end - 1] == ']')
        {
            end = elementType.LastIndexOf('[', end - 1);
        }

        return elementType.Insert(end, dimensions);
    }
}

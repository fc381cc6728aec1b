using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Finds the codecs that can come back to themselves, and so must watch the stack.</summary>
internal static class CodecRecursion
{
    public static HashSet<string> Find(IReadOnlyList<CodecModel> codecs)
    {
        var calls = codecs.ToDictionary(
            codec => codec.Name,
            codec => codec.Parts.OfType<ValueForm.Codec>().Select(part => part.Name).ToList(),
            StringComparer.Ordinal);
        return new HashSet<string>(calls.Keys.Where(name => Reaches(name, calls)), StringComparer.Ordinal);
    }

    private static bool Reaches(string name, Dictionary<string, List<string>> calls)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(calls[name]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next == name)
            {
                return true;
            }

            if (seen.Add(next))
            {
                calls[next].ForEach(open.Push);
            }
        }

        return false;
    }
}

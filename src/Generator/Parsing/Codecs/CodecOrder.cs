using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Puts codecs into the order in which a reader meets them: each behind the one that calls it first, and before that one's next.</summary>
internal static class CodecOrder
{
    public static IEnumerable<CodecModel> Sort(IReadOnlyCollection<CodecModel> codecs)
    {
        var byName = codecs.ToDictionary(static codec => codec.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<CodecModel>();
        foreach (var start in codecs)
        {
            open.Push(start);
            while (open.Count > 0)
            {
                var codec = open.Pop();
                if (!seen.Add(codec.Name))
                {
                    continue;
                }

                yield return codec;
                foreach (var part in codec.Parts.OfType<ValueForm.Codec>().Reverse())
                {
                    open.Push(byName[part.Name]);
                }
            }
        }
    }
}

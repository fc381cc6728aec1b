namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Lets types read what others have written, and compares what happens with what the comparison says.</summary>
internal static class PairRun
{
    /// <summary>All of them against all others, both ways.</summary>
    /// <returns>How many pairs gave which verdict.</returns>
    public static Task<IReadOnlyDictionary<Verdict, int>> CompareAllAsync(IReadOnlyList<Spec.Item> specs) => CompareAsync([specs]);

    /// <summary>Within each family all against all others, both ways.</summary>
    public static async Task<IReadOnlyDictionary<Verdict, int>> CompareAsync(IReadOnlyList<IReadOnlyList<Spec.Item>> families)
    {
        await using var assembly = new SpecAssembly([.. families.SelectMany(static family => family)]);
        var counts = new Dictionary<Verdict, int>();
        var differences = new List<string>();
        var start = 0;
        foreach (var family in families)
        {
            for (var writer = 0; writer < family.Count; writer++)
            {
                var written = await assembly.WriteAsync(start + writer);
                for (var reader = 0; reader < family.Count; reader++)
                {
                    var (happened, what) = await assembly.ReadAsync(start + reader, written);
                    var said = assembly.Predict(start + writer, start + reader, out var reasons);
                    counts[happened] = counts.GetValueOrDefault(happened) + 1;
                    if (happened != said)
                    {
                        differences.Add($"said {said} ({reasons}), happened {happened} ({what}):\n  {SpecSource.Of("Written", family[writer])}\n  {SpecSource.Of("Read", family[reader])}");
                    }
                }
            }

            start += family.Count;
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences\n" + string.Join("\n", differences.Take(5)));
        return counts;
    }
}

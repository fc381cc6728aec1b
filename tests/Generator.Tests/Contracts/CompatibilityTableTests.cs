using System.Text.RegularExpressions;
using TypedCache.Generator.Tests.Rules;

namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Runs the table of docs/contract.md: each form writes through its codec, and the other one reads.</summary>
public sealed partial class CompatibilityTableTests
{
    [Fact]
    public async Task Each_row_is_what_happens_and_what_the_comparison_says()
    {
        var rows = Row().Matches(RuleCompletenessTests.Read("docs/contract.md")).Select(static match => match.Groups).ToList();
        Assert.True(rows.Count > 40);
        await using var assembly = new SpecAssembly([.. rows.SelectMany(static row => new[] { SpecText.Read(row["before"].Value), SpecText.Read(row["after"].Value) })]);
        var differences = new List<string>();
        for (var row = 0; row < rows.Count; row++)
        {
            await CompareAsync(2 * row, (2 * row) + 1, "new");
            await CompareAsync((2 * row) + 1, 2 * row, "old");

            async Task CompareAsync(int writer, int reader, string column)
            {
                var expected = Verdicts[rows[row][column].Value];
                var (happened, what) = await assembly.ReadAsync(reader, await assembly.WriteAsync(writer));
                var said = assembly.Predict(writer, reader, out var reasons);
                if (expected != happened || expected != said)
                {
                    differences.Add($"{rows[row]["change"].Value}, {column}: the table has {expected}, the comparison says {said} ({reasons}), and {happened} happens ({what})");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    private static readonly Dictionary<string, Verdict> Verdicts = new() { ["✓"] = Verdict.Fine, ["null"] = Verdict.Null, ["✗"] = Verdict.Broken };

    [GeneratedRegex(@"^\| (?<change>[^|]+) \| `(?<before>[^`]+)` \| `(?<after>[^`]+)` \| (?<new>✓|null|✗) \| (?<old>✓|null|✗) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

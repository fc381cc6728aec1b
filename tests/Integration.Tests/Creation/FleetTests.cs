using System.Globalization;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Stress;

namespace TypedCache.Integration.Tests.Creation;

/// <summary>Eight processes with fifty tasks each and one hot key, whose value is outdated again and again.</summary>
[Collection(nameof(RunsAlone))]
public class FleetTests
{
    private const int Members = 8;
    private const int Expiries = 20;

    // Each expiry takes one to two seconds of memcached's clock; the rest is for a loaded machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_value_is_created_once_for_each_of_its_expiries()
    {
        using var server = MemcachedProcess.Start();
        MemberProcess[] members = [.. Enumerable.Range(0, Members).Select(_ => MemberProcess.Start("load", server.Port, "hot", Members, Expiries + 1))];
        try
        {
            var lines = await Task.WhenAll(members.Select(member => member.ReadLineAsync(Patience)));
            Check([.. lines.Select(Figures)]);
        }
        finally
        {
            Array.ForEach(members, member => member.Dispose());
        }
    }

    // A creation too many would have been superseded: nobody would have seen its version.
    private static void Check(Dictionary<string, string>[] figures)
    {
        var creates = figures.Sum(member => Number(member, "creates"));
        int[] seen = [.. figures.SelectMany(member => member["versions"].Split(',')).Select(version => int.Parse(version, CultureInfo.InvariantCulture)).Distinct().Order()];
        TestFigures.Report(
            "fleet",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Members} processes x 50 tasks: {creates} creates for the first value and {seen[^1] - 1} expiries, {figures.Sum(member => Number(member, "calls")):0} calls; with a value in the cache p50 {figures.Max(member => Number(member, "p50"))} ms, p99 {figures.Max(member => Number(member, "p99"))} ms, longest {figures.Max(member => Number(member, "max"))} ms in the slowest process"));
        Assert.Equal(0, figures.Sum(member => Number(member, "wrong")));
        Assert.True(seen[^1] > Expiries, $"the last version was {seen[^1]}");
        Assert.Equal(Enumerable.Range(1, seen[^1]), seen);
        Assert.Equal(seen.Length, creates);
    }

    private static double Number(Dictionary<string, string> figures, string name) => double.Parse(figures[name], CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Figures(string line) =>
        line.Split(' ').Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
}

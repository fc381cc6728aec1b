using Spectre.Console;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Census;

/// <summary>A census for people, in 80 columns.</summary>
/// <param name="console">Where it is shown.</param>
internal sealed class CensusReport(IAnsiConsole console)
{
    private const int MostPatterns = 30;
    private const int MostPrefixes = 10;
    private const int BarLength = 14;

    // The last bucket. Each item has been accessed, so that some other one has a time.
    private static readonly int NoLimit = TimeBuckets.Names.Count - 1;

    /// <summary>Shows it.</summary>
    /// <param name="census">The census.</param>
    /// <param name="servers">How many servers have been asked.</param>
    /// <param name="silent">How many of them are missing from it.</param>
    public void Write(KeyCensus census, int servers, int silent)
    {
        var missing = silent == 0 ? "" : $", without {silent} of them";
        console.WriteLine(
            $"{Counted(census.All.Items, "item")}, {Shown.Bytes(census.All.Bytes)}, on {Counted(servers, "server")}{missing}");
        WritePatterns(census);
        if (census.All.Items == 0)
        {
            return;
        }

        console.WriteLine($"{Shown.Share((double)census.All.NeverRead / census.All.Items)} have not been read since they were written");
        WriteTimes(census.All);
        WriteLargest(census.Largest);
        WriteUnmatched(census);
    }

    private static string Counted(long count, string what) => $"{Shown.Count(count)} {what}{(count == 1 ? "" : "s")}";

    private void WritePatterns(KeyCensus census)
    {
        var patterns = census.Patterns.Counts.OrderByDescending(pattern => pattern.Value.Bytes).ThenBy(pattern => pattern.Key, StringComparer.Ordinal).ToList();
        if (patterns.Count == 0)
        {
            return;
        }

        var table = Groups("pattern", patterns.Take(MostPatterns), census.All);
        if (patterns.Count > MostPatterns)
        {
            var others = new ItemGroup();
            patterns.Skip(MostPatterns).ToList().ForEach(pattern => others.Add(pattern.Value));
            AddRow(table, $"({Counted(patterns.Count - MostPatterns, "smaller pattern")}; --json shows all)", others, census.All);
        }

        if (census.Unmatched.All.Items > 0)
        {
            AddRow(table, "(no pattern)", census.Unmatched.All, census.All);
        }

        console.Write(table);
    }

    private void WriteTimes(ItemGroup all)
    {
        var table = new Table().AddColumn("");
        table.AddColumn(new TableColumn("time to live").RightAligned().NoWrap()).AddColumn(new TableColumn("").Width(BarLength));
        table.AddColumn(new TableColumn("last access").RightAligned().NoWrap()).AddColumn(new TableColumn("").Width(BarLength));
        var used = Enumerable.Range(0, NoLimit).Where(i => all.TimeToLive.Counts[i] + all.LastAccess.Counts[i] > 0).ToList();
        foreach (var i in Enumerable.Range(used[0], used[^1] - used[0] + 1).Append(NoLimit))
        {
            var (left, ago) = (all.TimeToLive.Counts[i], all.LastAccess.Counts[i]);
            if (i < NoLimit || left > 0)
            {
                table.AddRow(TimeBuckets.Names[i], Number(left), Bar(left, all.TimeToLive), Number(ago), Bar(ago, all.LastAccess));
            }
        }

        console.Write(table);
    }

    private static string Number(long count) => count == 0 ? "" : Shown.Count(count);

    private static string Bar(long count, TimeBuckets buckets)
    {
        var length = (double)BarLength * count / Math.Max(1, buckets.Counts.Max());
        return count == 0 ? "" : new string('█', Math.Max(1, (int)Math.Round(length)));
    }

    private void WriteLargest(LargestItems largest)
    {
        var table = new Table().AddColumn("largest items").AddColumn(new TableColumn("size").RightAligned().NoWrap()).AddColumn("server");
        foreach (var item in largest.Items)
        {
            table.AddRow(Markup.Escape(item.Key), Shown.Bytes(item.Size), Markup.Escape(item.Server));
        }

        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }
    }

    private void WriteUnmatched(KeyCensus census)
    {
        var unmatched = census.Unmatched;
        if (unmatched.All.Items == 0)
        {
            return;
        }

        var prefixes = unmatched.Prefixes.OrderByDescending(prefix => prefix.Value.Items).ThenBy(prefix => prefix.Key, StringComparer.Ordinal).ToList();
        console.Write(Groups("no pattern, by prefix", prefixes.Take(MostPrefixes), census.All));
        if (prefixes.Count > MostPrefixes)
        {
            console.WriteLine($"and {Shown.Count(prefixes.Count - MostPrefixes)} rarer ones. --json shows all.");
        }

        console.WriteLine("Some of these keys:");
        foreach (var key in unmatched.Sample)
        {
            console.WriteLine($"  {key}");
        }
    }

    private static Table Groups(string heading, IEnumerable<KeyValuePair<string, ItemGroup>> groups, ItemGroup all)
    {
        var table = NumberTable.Of(heading, "items", "share", "bytes", "share");
        foreach (var (name, group) in groups)
        {
            AddRow(table, name, group, all);
        }

        return table;
    }

    private static void AddRow(Table table, string name, ItemGroup group, ItemGroup all) => table.AddRow(
        Markup.Escape(name), Shown.Count(group.Items), Shown.Share((double)group.Items / all.Items), Shown.Bytes(group.Bytes), Shown.Share((double)group.Bytes / all.Bytes));
}

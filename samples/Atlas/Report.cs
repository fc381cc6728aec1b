using System.Globalization;
using TypedCache;

namespace Atlas;

/// <summary>Prints what the run does, for a reader who sees it for the first time, in lines of 80 columns.</summary>
/// <remarks>The project builds with InvariantGlobalization, so numbers look the same on every machine.</remarks>
/// <param name="output">Where to.</param>
/// <param name="isTerminal">Whether somebody looks on, and lines can be written over.</param>
internal sealed class Report(TextWriter output, bool isTerminal)
{
    private const int Width = 80;
    private const int CountersShown = 3;

    // Less than this is what two runs of the same thing can differ by.
    private const double Clearly = 1.25;

    public void WriteStart(AtlasOptions options, MemcachedPool pool, int cities)
    {
        Line($"Atlas: {cities:N0} real cities in SQLite, and a typed memcached cache in front of it.");
        Line();
        Line("What is compared: the same questions, answered by SQLite alone, and through the");
        Line("cache, which asks SQLite for what it does not have. Every answer is checked.");
        Line("  - Answers made of many rows, by aggregating and joining: here a cache wins.");
        Line("    SQLite works through the rows each time, and the cache reads one value.");
        Line("  - Rows by their key: here a cache wins little or loses. SQLite is in this");
        Line("    process, and has the row at once. Most databases are behind a network and");
        Line("    have other work, which is not measured here.");
        Line();
        var kind = options.Servers is null ? "embedded servers in this process, without sockets" : "memcached servers, over sockets";
        Line($"  cache     {pool.Servers.Count} {kind}");
    }

    public void WriteDatabase(AtlasOptions options, string database, TimeSpan loading)
    {
        Line($"  database  {database}");
        Line($"            filled in {loading.TotalSeconds:N1} s{(options.Database is null ? "; deleted at the end" : "")}");
#if DEBUG
        Line("  build     Debug; for higher numbers: dotnet run -c Release");
#endif
    }

    public void WriteKey(City city, string key, string server)
    {
        Title("1. A method call becomes a key on one of the servers");
        Line("  [CacheKey(\"city:{id}\")] ValueTask<City?> GetCityAsync(int id, ...)");
        Line($"  {city.Name} has the id {city.Id}: its key is {key},");
        Line($"  on the server {server}.");
        Line();
    }

    public void WriteAnswer(string call, object? answer)
    {
        var text = answer switch
        {
            null => "null, which is a miss",
            City city => $"{city.Name}, {city.Country}, {city.Population:N0} people",
            _ => answer.ToString(),
        };
        Line($"  {call,-36} -> {text}");
    }

    public void WriteReports(AtlasOptions options, int reports)
    {
        Title("2. What a cache is for: answers that are made of many rows");
        Line($"  {reports:N0} look-ups of each, by {options.Callers} callers at once. Large cities and their countries");
        Line($"  are asked for more often (Zipf's law, seed {options.Seed}). GetOrCreate... has a miss read");
        Line("  from SQLite and stored: of all callers who miss the same one, one reads it.");
        Line($"  The warm cache is asked for small answers {ReportLookups.WarmPasses} times over, as once is too quick");
        Line("  to be measured.");
    }

    public void WriteRows(AtlasOptions options, int distinct, double shareOfFirst)
    {
        Title("3. What it is not for: rows by their key, from a database in the same process");
        Line($"  {options.Lookups:N0} look-ups of {distinct:N0} different cities; the 100 largest get {shareOfFirst:P0} of them.");
    }

    public void WriteNear()
    {
        Title("4. The near cache: hot keys from this process");
        Line("  [CacheKey(\"city:{id}\", Near = \"1s\", NearRevalidate = \"5m\")]");
        Line("  The same look-ups. For a second no server is asked; then one caller asks");
        Line("  whether the city has changed. The second row begins when that second is over.");
        Line("  \"near\" are the look-ups for which no server was asked; the ratio is to SQLite");
        Line("  alone in 3.");
    }

    public void WriteTableHead(string title)
    {
        Line();
        Line($"  {title,-29} {"look-ups",8} {"hits",7} {"misses",7} {"near",5} {"per s",9} {"ratio",7}");
    }

    public void WriteRow(Measurement row, Measurement alone)
    {
        Line(
            $"    {row.Name,-27} {row.Lookups,8:N0} {Count(row.Hits),7} {Count(row.Misses),7} {Share(row.NearShare),5} " +
            $"{row.PerSecond,9:N0} {Times(row.PerSecond / alone.PerSecond),7}");
    }

    public void WriteVerdict(double ratio, string why)
    {
        var verdict = ratio switch
        {
            >= Clearly => $"The warm cache is {Times(ratio).TrimEnd('x', ' ')} times as fast",
            > 1 / Clearly => "The warm cache is about as fast",
            _ => $"The warm cache has {ratio:P0} of SQLite's speed",
        };
        Paragraph($"{verdict}: {why}");
    }

    /// <summary>Shows on a terminal that something is being done; elsewhere, finished rows are the sign of it.</summary>
    public IDisposable? ShowProgress(string what, ConcurrentCallers callers) => ShowProgress(() => $"    {what}: {callers.Progress:P0}");

    /// <summary>The same for what has no known end.</summary>
    public IDisposable? ShowProgress(Func<string> what) => isTerminal ? new ProgressLine(output, what) : null;

    public void WriteTags(int cities, string[] countries, int computedFirst, int computedAgain)
    {
        Title("5. Tags: one call for a group of values, in all processes");
        Line("  [CacheKey(\"share:{country}:{id}\"), CacheTag(\"country:{country}\")]");
        Line("  ValueTask<double> GetOrCreateShareAsync(string country, int id, ...)");
        Line("  [CacheTag(\"country:{country}\")]");
        Line("  ValueTask RemoveCountryAsync(string country, ...)");
        Line();
        Line($"  The share that each of the {cities:N0} cities of {string.Join(" and ", countries)} has of its country's");
        Line("  inhabitants:");
        Line();
        WriteAnswer("GetOrCreateShareAsync, each city", $"{computedFirst:N0} computed");
        WriteAnswer("GetOrCreateShareAsync, each city", $"{computedAgain:N0} computed, {cities - computedAgain:N0} from the cache");
    }

    public void WriteRemoval(string country, int cities, int computed)
    {
        WriteAnswer($"RemoveCountryAsync(\"{country}\")", $"one request invalidated {computed:N0} cities");
        WriteAnswer("GetOrCreateShareAsync, each city", $"{computed:N0} computed, {cities - computed:N0} from the cache");
    }

    public void WriteCounters(int counted, IReadOnlyList<(City City, ulong Count)> counts)
    {
        Title("6. Counters: IncrementLookupsAsync, from all callers at once");
        Line($"  {counted:N0} look-ups counted; the servers' {counts.Count:N0} counters add up to {counts.Sum(count => (long)count.Count):N0}.");
        foreach (var (city, count) in counts.Take(CountersShown))
        {
            Line($"    {city.Name + ", " + city.Country,-27} {count,8:N0}");
        }
    }

    public void WriteServers(IReadOnlyList<ServerReply<IReadOnlyDictionary<string, string>>> replies)
    {
        Title("7. The servers, in their own words");
        Line("  stats: all of the above, with what was not measured. A miss with a lease is a");
        Line("  hit for them.");
        Line();
        Line($"  {"server",-20} {"version",-8} {"items",7} {"bytes",10} {"reads",9} {"misses",8} {"evicted",8}");
        foreach (var reply in replies)
        {
            Line($"  {reply.Server.Name,-20} {reply.Server.Version,-8} {Figures(reply)}");
        }

        static string Figures(ServerReply<IReadOnlyDictionary<string, string>> reply)
        {
            string Stat(string name, int width) => $"{long.Parse(reply.Value?.GetValueOrDefault(name) ?? "0", CultureInfo.InvariantCulture):N0}".PadLeft(width);

            return string.Join(' ', Stat("curr_items", 7), Stat("bytes", 10), Stat("cmd_get", 9), Stat("get_misses", 8), Stat("evictions", 8));
        }
    }

    private static string Share(double? share) => share is null ? "-" : $"{share:P0}";

    private static string Count(long? number) => number is null ? "-" : $"{number:N0}";

    // Of hundreds, two digits: the third differs from run to run.
    private static string Times(double ratio)
    {
        if (ratio < 100)
        {
            return $"{ratio:N1} x";
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(ratio)) - 1);
        return $"{Math.Round(ratio / unit) * unit:N0} x";
    }

    private void Title(string text)
    {
        Line();
        Line(text);
        Line();
    }

    private void Paragraph(string text)
    {
        const string Indent = "   ";
        var line = Indent;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                Line(line);
                line = Indent;
            }

            line += " " + word;
        }

        Line(line);
    }

    private void Line() => output.WriteLine();

    private void Line(string text) => output.WriteLine(text);
}

using System.Globalization;
using TypedCache;

namespace Atlas;

/// <summary>Prints what the run did, for a reader who sees it for the first time.</summary>
/// <remarks>The project builds with InvariantGlobalization, so numbers look the same on every machine.</remarks>
internal sealed class Report(TextWriter output)
{
    private const int CountersShown = 3;

    public void WriteStart(AtlasOptions options, MemcachedPool pool, int cities, string database, TimeSpan loading)
    {
        Line($"Atlas: {cities:N0} real cities in SQLite, and a typed memcached cache in front of it.");
        Line();
        Line($"  database   {database}{(options.Database is null ? " (deleted at the end)" : "")}");
        Line($"             filled from Data/cities.csv in {loading.TotalSeconds:N1} s");
        var kind = options.Servers is null ? "embedded servers in this process" : "memcached servers";
        Line($"  cache      {pool.Servers.Count} {kind}: {string.Join(", ", pool.Servers.Select(server => server.Name))}");
#if DEBUG
        Line("  build      Debug; for higher numbers: dotnet run -c Release --project samples/Atlas");
#endif
    }

    public void WriteKey(City city, string key, string server)
    {
        Title("1. A method call becomes a key on one of the servers");
        Line("  [CacheKey(\"city:{id}\")] ValueTask<City?> GetCityAsync(int id, ...)");
        Line($"  {city.Name} has the id {city.Id}: its key is {key}, and {server} holds it.");
        Line();
    }

    public void WriteAnswer(string call, object? answer)
    {
        var text = answer switch
        {
            null => "null, which is a miss",
            City city => $"{city.Name}, {city.Country}, {city.Population:N0} inhabitants",
            _ => answer.ToString(),
        };
        Line($"  {call,-40} -> {text}");
    }

    public void WriteWorkload(AtlasOptions options, int distinct, double shareOfFirst)
    {
        Title("2. Look-ups: from SQLite alone, with a cold cache in front of it, with a warm one, and near");
        Line($"  {options.Callers} callers at once make {options.Lookups:N0} look-ups of {distinct:N0} different cities. Large cities are asked for more");
        Line($"  often (Zipf's law, seed {options.Seed}): the 100 largest get {shareOfFirst:P0} of the look-ups. GetOrCreate... has a miss read");
        Line("  from SQLite and stored: of all callers who miss the same city at once, one reads it, the others wait for it.");
        Line("  All rounds look up the same cities in the same order, and every answer is checked.");
        Line();
        Line("  [CacheKey(\"city:{id}\", Near = \"1s\", NearRevalidate = \"5m\")] keeps cities in this process too, in the near cache. For");
        Line("  a second no server is asked, then one caller asks whether the city has changed. Of the two rounds, the second");
        Line("  begins when that second is over; \"near\" is the part of the look-ups which no server was asked for.");
        Line();
        Line("  What is compared: SQLite in this process, on a pooled connection for each call, with");
        Line($"  {(options.Servers is null ? "the embedded cache in this process, which needs no socket either." : "the memcached servers above, which are asked over sockets.")}");
        Line("  SQLite answers without a network here. A database server, which has to be asked over one, is not measured.");
    }

    public void WriteMeasurements(string title, string unit, IReadOnlyList<Measurement> measurements)
    {
        Line();
        Line($"  {title,-31} {unit,10} {"hits",10} {"misses",10} {"near",7} {unit + "/s",14} {"ratio",8}");
        foreach (var row in measurements)
        {
            var ratio = row.PerSecond / measurements[0].PerSecond;
            Line($"    {row.Name,-29} {row.Lookups,10:N0} {Count(row.Hits),10} {Count(row.Misses),10} {Share(row.NearShare),7} {row.PerSecond,14:N0} {ratio,6:N1} x");
        }
    }

    public void WriteTags(int cities, string[] countries, int computedFirst, int computedAgain)
    {
        Title("3. Tags: one call for a group of values, in all processes");
        Line("  [CacheKey(\"share:{country}:{id}\"), CacheTag(\"country:{country}\")] ValueTask<double> GetOrCreateShareAsync(...)");
        Line("  [CacheTag(\"country:{country}\")] ValueTask RemoveCountryAsync(string country, ...)");
        Line($"  The share which each of the {cities:N0} cities of {string.Join(" and ", countries)} has of its country's inhabitants:");
        Line();
        WriteAnswer("GetOrCreateShareAsync, each city", $"{computedFirst:N0} computed");
        WriteAnswer("GetOrCreateShareAsync, each city", $"{computedAgain:N0} computed, {cities - computedAgain:N0} from the cache");
    }

    public void WriteRemoval(string country, int cities, int computed)
    {
        WriteAnswer($"RemoveCountryAsync(\"{country}\")", $"one request, which invalidated {computed:N0} cities");
        WriteAnswer("GetOrCreateShareAsync, each city", $"{computed:N0} computed, {cities - computed:N0} from the cache");
    }

    public void WriteCounters(int counted, IReadOnlyList<(City City, ulong Count)> counts)
    {
        Title("4. Counters: IncrementLookupsAsync, from all callers at once");
        Line($"  {counted:N0} look-ups counted; the servers' {counts.Count:N0} counters add up to {counts.Sum(count => (long)count.Count):N0}. In front:");
        foreach (var (city, count) in counts.Take(CountersShown))
        {
            Line($"    {city.Name + ", " + city.Country,-29} {count,10:N0}");
        }
    }

    public void WriteServers(IReadOnlyList<ServerReply<IReadOnlyDictionary<string, string>>> replies)
    {
        Title("5. The servers, in their own words (stats; warm-up and all rounds; they count a miss with a lease as a hit)");
        Line($"  {"server",-24} {"version",-10} {"items",10} {"bytes",12} {"reads",10} {"hits",10} {"misses",10} {"evicted",8}");
        foreach (var reply in replies)
        {
            Line($"  {reply.Server.Name,-24} {reply.Server.Version,-10} {Figures(reply)}");
        }

        static string Figures(ServerReply<IReadOnlyDictionary<string, string>> reply)
        {
            string Stat(string name, int width) => $"{long.Parse(reply.Value?.GetValueOrDefault(name) ?? "0", CultureInfo.InvariantCulture):N0}".PadLeft(width);

            return string.Join(
                ' ', Stat("curr_items", 10), Stat("bytes", 12), Stat("cmd_get", 10), Stat("get_hits", 10), Stat("get_misses", 10), Stat("evictions", 8));
        }
    }

    private static string Share(double? share) => share is null ? "-" : $"{share:P0}";

    private static string Count(long? number) => number is null ? "-" : $"{number:N0}";

    private void Title(string text)
    {
        Line();
        Line(text);
        Line();
    }

    private void Line() => output.WriteLine();

    private void Line(string text) => output.WriteLine(text);
}

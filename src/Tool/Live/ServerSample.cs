using System.Globalization;

namespace TypedCache.Tool.Live;

/// <summary>What a server has counted since it started.</summary>
/// <param name="Gets">Keys that were read.</param>
/// <param name="Hits">Those that were found.</param>
/// <param name="Sets">Writes.</param>
/// <param name="Evictions">Items that made room.</param>
/// <param name="Bytes">Bytes in use.</param>
/// <param name="Limit">Bytes that may be in use.</param>
/// <param name="Items">Items.</param>
/// <param name="Connections">Open connections.</param>
internal sealed record ServerSample(long Gets, long Hits, long Sets, long Evictions, long Bytes, long Limit, long Items, long Connections)
{
    /// <summary>Reads it from the statistics of a server.</summary>
    public static ServerSample Of(IReadOnlyDictionary<string, string> statistics)
    {
        return new ServerSample(
            Number("cmd_get"), Number("get_hits"), Number("cmd_set"), Number("evictions"),
            Number("bytes"), Number("limit_maxbytes"), Number("curr_items"), Number("curr_connections"));

        long Number(string name) => long.TryParse(statistics.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}

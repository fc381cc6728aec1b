using System.Text.Json;

namespace TypedCache.Tool.Census;

/// <summary>A census for programs.</summary>
internal static class CensusJson
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="census">The census.</param>
    /// <param name="servers">How many servers have been asked.</param>
    /// <param name="errors">Why servers are missing from it.</param>
    public static void Write(Utf8JsonWriter json, KeyCensus census, int servers, IReadOnlyList<string> errors)
    {
        json.WriteStartObject();
        json.WriteNumber("servers", servers);
        json.WriteBoolean("complete", errors.Count == 0);
        WriteTexts(json, "errors", errors);
        WriteGroup(json, "all", census.All);
        WriteGroups(json, "patterns", "pattern", census.Patterns.Counts);
        json.WriteStartArray("largest");
        foreach (var item in census.Largest.Items)
        {
            json.WriteStartObject();
            json.WriteString("key", item.Key);
            json.WriteNumber("bytes", item.Size);
            json.WriteString("server", item.Server);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("unmatched");
        WriteMembers(json, census.Unmatched.All);
        WriteGroups(json, "prefixes", "prefix", census.Unmatched.Prefixes);
        WriteTexts(json, "sample", census.Unmatched.Sample);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, string name, string key, IEnumerable<KeyValuePair<string, ItemGroup>> groups)
    {
        json.WriteStartArray(name);
        foreach (var (text, group) in groups.OrderByDescending(entry => entry.Value.Bytes).ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString(key, text);
            WriteMembers(json, group);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGroup(Utf8JsonWriter json, string name, ItemGroup group)
    {
        json.WriteStartObject(name);
        WriteMembers(json, group);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ItemGroup group)
    {
        json.WriteNumber("items", group.Items);
        json.WriteNumber("bytes", group.Bytes);
        json.WriteNumber("neverRead", group.NeverRead);
        WriteBuckets(json, "timeToLive", group.TimeToLive);
        WriteBuckets(json, "lastAccess", group.LastAccess);
    }

    private static void WriteBuckets(Utf8JsonWriter json, string name, TimeBuckets buckets)
    {
        json.WriteStartObject(name);
        for (var i = 0; i < buckets.Counts.Count; i++)
        {
            if (buckets.Counts[i] > 0)
            {
                json.WriteNumber(TimeBuckets.Names[i], buckets.Counts[i]);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}

using System.Text.Json;

namespace TypedCache.Tool.Values;

/// <summary>An item for programs. Times are in seconds; what is not known is left out, and a time without limit is null.</summary>
internal static class FoundItemJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, FoundItem item)
    {
        json.WriteStartObject();
        json.WriteString("key", item.WireKey);
        if (item.Pattern is { } pattern)
        {
            json.WriteString("pattern", pattern.Text);
        }

        WriteState(json, item.State);
        json.WriteNumber("flags", item.Value.Flags);
        json.WriteString("kind", item.Value.Kind.ToString());
        json.WriteNumber("bytes", item.Value.Size);
        if (item.Value.Unreadable is { } reason)
        {
            json.WriteString("unreadable", reason);
        }

        if (item.Value.Tags is { } tags)
        {
            WriteTags(json, tags, item.TemplateTags);
        }

        json.WritePropertyName("value");
        ValueJson.Write(json, item.Value.Node);
        WriteMisfits(json, item.Value.Misfits);
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, ItemState state)
    {
        json.WriteString("server", state.Server.Name);
        if (state.TimeToLive is < 0)
        {
            json.WriteNull("timeToLive");
        }

        WriteKnown(json, "timeToLive", state.TimeToLive is >= 0 ? state.TimeToLive : null);
        WriteKnown(json, "lastAccess", state.LastAccess);
        if (state.WasRead is { } wasRead)
        {
            json.WriteBoolean("wasRead", wasRead);
        }

        if (state.Cas is { } cas)
        {
            json.WriteNumber("cas", cas);
        }

        WriteKnown(json, "bytesOnServer", state.Size);
        json.WriteString("lease", JsonNamingPolicy.CamelCase.ConvertName(state.Lease.ToString()));
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    private static void WriteTags(Utf8JsonWriter json, StoredTags tags, IReadOnlyList<string> template)
    {
        json.WriteStartArray("tags");
        foreach (var (key, version) in tags.Keyed)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteNumber("version", version);
            json.WriteEndObject();
        }

        for (var i = 0; i < tags.Versions.Count; i++)
        {
            json.WriteStartObject();
            if (i < template.Count)
            {
                json.WriteString("template", template[i]);
            }

            json.WriteNumber("version", tags.Versions[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMisfits(Utf8JsonWriter json, IReadOnlyList<Misfit> misfits)
    {
        json.WriteStartArray("misfits");
        foreach (var misfit in misfits)
        {
            json.WriteStartObject();
            json.WriteString("path", misfit.Path);
            json.WriteString("reason", misfit.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

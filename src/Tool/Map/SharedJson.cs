using System.Text.Json;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;

namespace TypedCache.Tool.Map;

/// <summary>What two applications share, for programs.</summary>
internal static class SharedJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, SharedKeys keys)
    {
        json.WriteStartObject();
        json.WriteString("one", keys.OneName);
        json.WriteString("other", keys.OtherName);
        json.WriteBoolean("agree", keys.Agree);
        json.WriteStartArray("shared");
        foreach (var key in keys.Shared)
        {
            json.WriteStartObject();
            json.WriteString("pattern", key.One.Pattern);
            json.WriteString("one", KeyText.Stored(key.One));
            json.WriteString("other", KeyText.Stored(key.Other));
            json.WriteBoolean("agree", key.Agree);
            WriteBreaks(json, "oneUnread", key.OneUnread);
            WriteBreaks(json, "otherUnread", key.OtherUnread);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("alike");
        foreach (var (one, other) in keys.Alike)
        {
            json.WriteStartObject();
            json.WriteString("one", one.Pattern);
            json.WriteString("other", other.Pattern);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WritePatterns(json, "onlyOne", keys.OnlyOne);
        WritePatterns(json, "onlyOther", keys.OnlyOther);
        json.WriteEndObject();
    }

    private static void WriteBreaks(Utf8JsonWriter json, string name, IReadOnlyList<ContractBreak> breaks)
    {
        json.WriteStartArray(name);
        foreach (var found in breaks)
        {
            json.WriteStartObject();
            json.WriteString("path", found.Path);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(found.Kind.ToString()));
            json.WriteString("written", found.Written);
            json.WriteString("read", found.Read);
            json.WriteString("reason", found.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePatterns(Utf8JsonWriter json, string name, IReadOnlyList<ContractKey> keys)
    {
        json.WriteStartArray(name);
        foreach (var key in keys)
        {
            json.WriteStringValue(key.Pattern);
        }

        json.WriteEndArray();
    }
}

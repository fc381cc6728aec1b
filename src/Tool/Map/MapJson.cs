using System.Text.Json;
using TypedCache.Generator.Contracts;

namespace TypedCache.Tool.Map;

/// <summary>The keys of an application for programs. What is not there is left out.</summary>
internal static class MapJson
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter json, ContractFile contract)
    {
        json.WriteStartObject();
        json.WriteString("assembly", contract.Assembly);
        json.WriteStartArray("keys");
        foreach (var key in contract.Keys)
        {
            Write(json, key);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ContractKey key)
    {
        json.WriteStartObject();
        json.WriteString("pattern", key.Pattern);
        json.WriteString("client", key.Client);
        WriteTexts(json, "methods", key.Methods);
        WriteKnown(json, "codec", key.Codec);
        WriteKnown(json, "value", key.Value?.ToString());
        WriteKnown(json, "expires", key.Expires);
        WriteKnown(json, "stale", key.Stale);
        WriteKnown(json, "near", key.Near);
        WriteTexts(json, "tags", key.Tags);
        if (key.IsAppended)
        {
            json.WriteBoolean("appended", true);
        }

        if (key.MaxLength is { } length)
        {
            json.WriteNumber("maxLength", length);
        }

        json.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
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

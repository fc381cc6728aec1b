using System.Text.Json;

namespace TypedCache.Tool.Live;

/// <summary>What a cluster did, for programs. Rates are in a second, shares 0 to 1, latencies in milliseconds.</summary>
internal static class TopJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, ClusterView view)
    {
        json.WriteStartObject();
        json.WriteString("time", view.Time);
        json.WriteNumber("seconds", Math.Round(view.Seconds, 3));
        json.WriteStartArray("servers");
        foreach (var server in view.Servers)
        {
            Write(json, server);
        }

        json.WriteEndArray();
        json.WritePropertyName("total");
        Write(json, view.Total);
        json.WriteStartArray("hot");
        foreach (var pattern in view.Hot)
        {
            json.WriteStartObject();
            json.WriteString("pattern", pattern.Pattern);
            json.WriteNumber("share", Math.Round(pattern.Share, 4));
            json.WriteNumber("gets", Math.Round(pattern.Share * view.Total.Gets, 1));
            json.WriteNumber("hitRate", Math.Round(pattern.HitRate, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ServerRates server)
    {
        json.WriteStartObject();
        json.WriteString("name", server.Name);
        if (server.Error is not null)
        {
            json.WriteString("error", server.Error);
            json.WriteEndObject();
            return;
        }

        json.WriteNumber("gets", Math.Round(server.Gets, 1));
        json.WriteNumber("sets", Math.Round(server.Sets, 1));
        json.WriteNumber("evictions", Math.Round(server.Evictions, 1));
        WriteKnown(json, "hitRate", double.IsNaN(server.HitRate) ? null : Math.Round(server.HitRate, 4));
        json.WriteNumber("items", server.Items);
        json.WriteNumber("bytes", server.Bytes);
        json.WriteNumber("limit", server.Limit);
        json.WriteNumber("connections", server.Connections);
        WriteKnown(json, "latency", server.Latency is { } latency ? Math.Round(latency, 3) : null);
        json.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

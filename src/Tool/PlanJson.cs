using System.Text.Json;
using TypedCache.Hashing;

namespace TypedCache.Tool;

/// <summary>A plan for programs. Shares are 0 to 1.</summary>
internal static class PlanJson
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="plan">The strategy of the client.</param>
    /// <param name="alternatives">The others.</param>
    /// <param name="least">The least share of the keys that has to move.</param>
    public static void Write(Utf8JsonWriter json, ChangePlan plan, IReadOnlyList<ChangePlan> alternatives, double least)
    {
        json.WriteStartObject();
        json.WriteNumber("sampleKeys", MovedShare.SampleCount);
        json.WriteNumber("leastShare", least);
        WriteMembers(json, plan);
        json.WriteStartArray("alternatives");
        foreach (var alternative in alternatives)
        {
            json.WriteStartObject();
            WriteMembers(json, alternative);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ChangePlan plan)
    {
        json.WriteString("strategy", plan.Strategy);
        json.WriteNumber("movedShare", plan.MovedShare);
        json.WriteStartArray("servers");
        foreach (var server in plan.Servers)
        {
            json.WriteStartObject();
            json.WriteString("name", server.Name);
            WriteShare(json, "before", server.Before);
            WriteShare(json, "after", server.After);
            WriteShare(json, "due", server.Due);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("moves");
        foreach (var move in plan.Moves)
        {
            json.WriteStartObject();
            json.WriteString("from", move.From);
            json.WriteString("to", move.To);
            json.WriteNumber("share", move.Share);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShare(Utf8JsonWriter json, string name, double? share)
    {
        if (share is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

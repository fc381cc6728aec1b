using System.Text.Json;
using TypedCache.Hashing;
using TypedCache.Tests.Vectors;

namespace TypedCache.Tests.Hashing;

/// <summary>Which server PHP chose, for many keys and server lists.</summary>
internal sealed class PeclRoutingVectors
{
    private readonly JsonElement _recorded = RecordedVectors.Load("compact");

    public PeclRoutingVectors()
    {
        Keys = [.. _recorded.GetProperty("keys").EnumerateArray().Select(StoredKey)];
        Lists = _recorded.GetProperty("lists").EnumerateArray().ToDictionary(list => list.GetProperty("name").GetString()!, Servers);
    }

    /// <summary>The keys as they went over the wire; null where the client refused the key.</summary>
    public IReadOnlyList<byte[]?> Keys { get; }

    public IReadOnlyDictionary<string, HashServer[]> Lists { get; }

    public JsonElement[] Routes(string name) => [.. _recorded.GetProperty(name).EnumerateArray()];

    public HashServer[] ServersOf(JsonElement route) => Lists[route.GetProperty("list").GetString()!];

    public static IHashStrategy StrategyOf(JsonElement route, HashServer[] servers)
    {
        var function = route.GetProperty("function").GetString() switch
        {
            "crc32" => HashFunctions.Crc32,
            "fnv" => HashFunctions.Fnv1a,
            var other => throw new InvalidDataException($"unknown function {other}"),
        };
        var factory = route.GetProperty("strategy").GetString() switch
        {
            "standard" => HashStrategies.Standard,
            "consistent" => HashStrategies.Consistent,
            var other => throw new InvalidDataException($"unknown strategy {other}"),
        };
        return factory(servers, function);
    }

    /// <summary>PHP reports host and port, so of servers listed twice only the first can be named.</summary>
    public static int FirstOfTheSameName(HashServer[] servers, int index) =>
        Array.FindIndex(servers, server => server.Host == servers[index].Host && server.Port == servers[index].Port);

    private static byte[]? StoredKey(JsonElement key)
    {
        var stored = key.GetProperty("stored");
        return stored.ValueKind == JsonValueKind.Null ? null : stored.GetBytesFromBase64();
    }

    private static HashServer[] Servers(JsonElement list) =>
    [
        .. list.GetProperty("servers").EnumerateArray().Select(server => new HashServer(
            server.GetProperty("host").GetString()!, server.GetProperty("port").GetInt32(), server.GetProperty("weight").GetInt32())),
    ];
}

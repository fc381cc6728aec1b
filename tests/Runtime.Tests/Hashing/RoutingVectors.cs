using System.Text.Json;
using TypedCache.Hashing;
using TypedCache.Tests.Vectors;

namespace TypedCache.Tests.Hashing;

/// <summary>Which server PHP chose, for many keys and server lists.</summary>
internal sealed class RoutingVectors
{
    private readonly JsonElement _recorded = RecordedVectors.Load("compact");
    private readonly Dictionary<string, HashServer[]> _lists;
    private readonly Dictionary<string, PhpMemcachedCalls> _variants;

    public RoutingVectors()
    {
        var keys = _recorded.GetProperty("keys").EnumerateArray().ToArray();
        PeclKeys = [.. keys.Select(StoredKey)];
        PhpMemcachedKeys = [.. keys.Select(GivenKey)];
        _lists = _recorded.GetProperty("lists").EnumerateArray().ToDictionary(list => list.GetProperty("name").GetString()!, Servers);
        _variants = _recorded.GetProperty("libmemcached_variants").EnumerateArray().ToDictionary(
            variant => variant.GetProperty("name").GetString()!, variant => PhpMemcachedCalls.Read(variant.GetProperty("name").GetString()!, variant.GetProperty("steps")));
    }

    /// <summary>The keys as pecl-memcache sent them; null where it refused the key.</summary>
    public IReadOnlyList<byte[]?> PeclKeys { get; }

    /// <summary>The keys as PHP code gave them, which php-memcached does not change; null where it refused the key.</summary>
    public IReadOnlyList<byte[]?> PhpMemcachedKeys { get; }

    public JsonElement[] Routes(string name) => [.. _recorded.GetProperty(name).EnumerateArray()];

    public HashServer[] ServersOf(JsonElement route) => _lists[route.GetProperty("list").GetString()!];

    public PhpMemcachedCalls CallsOf(JsonElement route) => _variants[route.GetProperty("variant").GetString()!];

    public static IHashStrategy PeclStrategyOf(JsonElement route, HashServer[] servers)
    {
        var options = PeclOptionsOf(route);
        return options.HashStrategy(servers, options.HashFunction);
    }

    public static MemcachedPoolOptions PeclOptionsOf(JsonElement route)
    {
        var options = MemcachedPoolOptions.ForPeclMemcache();
        options.HashFunction = route.GetProperty("function").GetString() switch
        {
            "crc32" => HashFunctions.Crc32,
            "fnv" => HashFunctions.Fnv1a,
            var other => throw new InvalidDataException($"unknown function {other}"),
        };
        options.HashStrategy = route.GetProperty("strategy").GetString() switch
        {
            "standard" => HashStrategies.Standard,
            "consistent" => HashStrategies.Consistent,
            var other => throw new InvalidDataException($"unknown strategy {other}"),
        };
        return options;
    }

    /// <summary>PHP reports host and port, so of servers listed twice only the first can be named.</summary>
    public static int FirstOfTheSameName(HashServer[] servers, int index) =>
        Array.FindIndex(servers, server => server.Host == servers[index].Host && server.Port == servers[index].Port);

    private static byte[]? StoredKey(JsonElement key)
    {
        var stored = key.GetProperty("stored");
        return stored.ValueKind == JsonValueKind.Null ? null : stored.GetBytesFromBase64();
    }

    // Numbers and bools have no blanks, so pecl's form of them is PHP's.
    private static byte[]? GivenKey(JsonElement key)
    {
        const int MaxLength = 250;
        var given = key.GetProperty("t").GetString() == "s" ? key.GetProperty("b").GetBytesFromBase64() : StoredKey(key);
        return given is { Length: > 0 and <= MaxLength } ? given : null;
    }

    private static HashServer[] Servers(JsonElement list) =>
    [
        .. list.GetProperty("servers").EnumerateArray().Select(server => new HashServer(
            server.GetProperty("host").GetString()!, server.GetProperty("port").GetInt32(), server.GetProperty("weight").GetInt32())),
    ];
}

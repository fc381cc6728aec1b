using System.Net;
using System.Text;
using System.Text.Json;
using TypedCache.Hashing;
using TypedCache.Tests.Vectors;

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>The keys and the server lists with which other clients were recorded.</summary>
internal sealed class RecordedLists
{
    // What the names had in the DNS of the recordings.
    private static readonly Dictionary<string, IPAddress> Addresses = new()
    {
        ["localhost"] = IPAddress.Loopback,
        ["cache-a.test"] = IPAddress.Parse("127.0.4.1"),
        ["cache-b.test"] = IPAddress.Parse("127.0.4.2"),
        ["cache-c.test"] = IPAddress.Parse("127.0.4.3"),
        ["node-1.cache.test"] = IPAddress.Parse("127.0.5.3"),
        ["node-2.cache.test"] = IPAddress.Parse("127.0.5.4"),
    };

    private readonly Dictionary<string, HashServer[]> _lists = RecordedVectors.Load("other-clients/lists").EnumerateArray().ToDictionary(
        list => list.GetProperty("id").GetString()!, list => list.GetProperty("servers").EnumerateArray().Select(Server).ToArray());

    public byte[][] Keys { get; } = [.. RecordedVectors.Load("other-clients/keys").EnumerateArray().Select(key => Encoding.UTF8.GetBytes(key.GetString()!))];

    public HashServer[] this[string list] => _lists[list];

    private static HashServer Server(JsonElement server)
    {
        var host = server.GetProperty("h").GetString()!;
        return new HashServer(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host, server.GetProperty("p").GetInt32(), server.GetProperty("w").GetInt32())
        {
            Address = Addresses.GetValueOrDefault(host),
        };
    }
}

using System.Text.Json;
using TypedCache.Hashing;
using TypedCache.Tests.Vectors;

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>Where another client sent keys.</summary>
/// <param name="Name">The name of its file.</param>
internal sealed record RecordedClient(string Name)
{
    public JsonElement File { get; } = RecordedVectors.Load($"other-clients/{Name}");

    /// <summary>The preset for a mode and a list.</summary>
    public required Func<string, string, MemcachedPoolOptions> Preset { get; init; }

    /// <summary>What the servers of a list were under a mode, where it is not what the list says.</summary>
    public Func<string, HashServer[], HashServer[]> Servers { get; init; } = static (_, servers) => servers;

    public IEnumerable<Placement> Placements => File.GetProperty("placements").EnumerateArray().Select(row => new Placement(
        row.GetProperty("mode").GetString()!, row.GetProperty("list").GetString()!, row.GetProperty("row").GetString()!));

    /// <summary>The servers of the keys under a mode and a list.</summary>
    /// <param name="Mode">How the client was set up.</param>
    /// <param name="List">Its servers.</param>
    /// <param name="Row">One character for each key.</param>
    public sealed record Placement(string Mode, string List, string Row)
    {
        public int ServerOf(int key) => Row[key] is >= '0' and <= '9' ? Row[key] - '0' : Row[key] - 'a' + 10;
    }
}

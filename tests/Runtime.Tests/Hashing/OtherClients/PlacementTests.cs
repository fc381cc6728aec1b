using TypedCache.Hashing;
using TypedCache.Keys;

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>Every key goes to the server to which the other client sent it.</summary>
public class PlacementTests(ITestOutputHelper output)
{
    // What the recordings have of the clients for which there are presets.
    private const int Recorded = 180_400;

    private readonly RecordedLists _lists = new();

    [Fact]
    public void Every_key_goes_to_the_server_that_the_other_client_chose()
    {
        var total = 0;
        var differences = new List<string>();
        foreach (var client in RecordedClients.All)
        {
            var placements = client.Placements.Where(static placement => !placement.Mode.EndsWith("-dead1", StringComparison.Ordinal)).ToList();
            var different = placements.SelectMany(placement => Differences(client, placement)).ToList();
            var compared = placements.Sum(static placement => placement.Row.Length);
            output.WriteLine($"{client.Name}: {compared} placements compared, {different.Count} differ");
            total += compared;
            differences.AddRange(different);
        }

        output.WriteLine($"{total} placements of other clients compared, {differences.Count} differ");
        Assert.Empty(differences);
        Assert.Equal(Recorded, total);
    }

    private IEnumerable<string> Differences(RecordedClient client, RecordedClient.Placement placement)
    {
        var options = client.Preset(placement.Mode, placement.List);
        var servers = client.Servers(placement.Mode, _lists[placement.List]);
        var strategy = options.HashStrategy(servers, options.HashFunction);
        for (var i = 0; i < placement.Row.Length; i++)
        {
            var found = strategy.Find(Transformed(_lists.Keys[i], options.KeyTransformer));
            if (found != placement.ServerOf(i))
            {
                yield return $"{client.Name}, {placement.Mode}, {placement.List}: key {i} goes to {found}, not {placement.ServerOf(i)}";
            }
        }
    }

    // Enyim transforms keys whatever their length, so that some are too long afterwards. They have a place all the same.
    private static byte[] Transformed(byte[] key, KeyTransformer transformer)
    {
        var buffer = new byte[2 * CacheKeyWriter.StackSize];
        key.CopyTo(buffer, 0);
        return buffer[..transformer.Transform(buffer, key.Length, shownAs: null)];
    }
}

using TypedCache.Keys;

namespace TypedCache.Tests.Hashing.OtherClients;

/// <summary>Every key goes to the server to which the other client sent it.</summary>
public class PlacementTests(ITestOutputHelper output)
{
    private readonly RecordedLists _lists = new();

    [Fact]
    public void Every_key_goes_to_the_server_that_the_other_client_chose()
    {
        var (total, differences) = (0, 0);
        foreach (var client in RecordedClients.All)
        {
            var (rows, keys, different) = (0, 0, 0);
            foreach (var placement in client.Placements)
            {
                if (client.Preset(placement.Mode, placement.List) is not { } options)
                {
                    continue;
                }

                var servers = client.Servers(placement.Mode, placement.List, _lists[placement.List]);
                var own = 0;
                try {
                    var strategy = options.HashStrategy(servers, options.HashFunction);
                    for (var i = 0; i < placement.Row.Length; i++)
                    {
                        own += strategy.Find(Transformed(options.KeyTransformer, _lists.Keys[i])) == placement.ServerOf(i) ? 0 : 1;
                    }
                } catch (ArgumentException e) { output.WriteLine(e.Message); own = placement.Row.Length; }
                if (own > 0) output.WriteLine($"  {client.Name} {placement.Mode} {placement.List}: {own}");
                (rows, keys, different) = (rows + 1, keys + placement.Row.Length, different + own);
            }

            output.WriteLine($"{client.Name}: {keys} placements in {rows} rows, {different} differ");
            (total, differences) = (total + keys, differences + different);
        }

        output.WriteLine($"{total} placements of other clients compared, {differences} differ");
        Assert.Equal(0, differences);
    }

    private static byte[] Transformed(KeyTransformer transformer, byte[] key)
    {
        var buffer = new byte[1024];
        key.CopyTo(buffer, 0);
        return buffer[..transformer.Transform(buffer, key.Length, shownAs: null)];
    }
}

using System.Collections.Concurrent;
using System.Net;
using TypedCache.Embedded;

namespace TypedCache.Tests.Tags;

/// <summary>What calls with tags cost.</summary>
public sealed class TagRequestTests
{
    [Fact]
    public async Task Each_call_costs_the_requests_that_the_documentation_names()
    {
        var commands = new ConcurrentQueue<string>();
        using var server = new EmbeddedServer(new EmbeddedServerOptions { Log = line => commands.Enqueue(line) });
        var port = server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port;
        await using var pool = MemcachedPool.Connect($"127.0.0.1:{port}");
        var client = new TagClient(pool);
        await client.SetAsync("k", "old", "~t:a", "~t:b");
        commands.Clear();

        await client.GetAsync("k", "~t:a", "~t:b");
        Assert.Equal(["mg k", "mg ~t:a", "mg ~t:b"], Take());
        await client.GetOrCreateAsync("k", "never", "~t:a", "~t:b");
        Assert.Equal(["mg k", "mg ~t:a", "mg ~t:b"], Take());
        await client.SetAsync("k", "new", "~t:a", "~t:b");
        Assert.Equal(["ma ~t:a", "ma ~t:b", "ms k"], Take());
        await client.InvalidateAsync("~t:a");
        Assert.Equal(["ma ~t:a"], Take());
        await client.RemoveAsync("~t:b");
        Assert.Equal(["ma ~t:b"], Take());

        string[] Take()
        {
            string[] taken = [.. commands.Where(line => line.StartsWith('<') && line.Contains(" m", StringComparison.Ordinal)).Select(Shorten)];
            commands.Clear();
            return taken;
        }

        static string Shorten(string line)
        {
            var words = line.Split(' ');
            var at = Array.FindIndex(words, word => word is "mg" or "ma" or "ms" or "md");
            return $"{words[at]} {words[at + 1]}";
        }
    }
}

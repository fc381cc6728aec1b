using System.Text.Json.Nodes;
using Aspire.Hosting;

namespace TypedCache.AppHostTests;

/// <summary>What is published.</summary>
public sealed class ManifestTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_manifest_has_containers_whatever_runs_locally(bool isEmbedded)
    {
        var folder = Directory.CreateTempSubdirectory("typedcache-");
        try
        {
            var resources = await PublishAsync(Path.Combine(folder.FullName, "manifest.json"), isEmbedded);

            Assert.Equal(["cache", "cache-1", "cache-2", "shop"], resources.Select(resource => resource.Key));
            Assert.Equal("value.v0", (string?)resources["cache"]!["type"]);
            Assert.Equal(
                "{cache-1.bindings.tcp.host}:{cache-1.bindings.tcp.port},{cache-2.bindings.tcp.host}:{cache-2.bindings.tcp.port}",
                (string?)resources["cache"]!["connectionString"]);
            Assert.Equal("{cache.connectionString}", (string?)resources["shop"]!["env"]!["ConnectionStrings__cache"]);
            foreach (var name in (string[])["cache-1", "cache-2"])
            {
                var node = resources[name]!;
                Assert.Equal("container.v0", (string?)node["type"]);
                Assert.Equal("docker.io/library/memcached:1.6", (string?)node["image"]);
                Assert.Equal(["-m", "128", "-I", "2m"], node["args"]!.AsArray().Select(argument => (string?)argument));
                Assert.Equal(
                    [("scheme", "tcp"), ("protocol", "tcp"), ("transport", "tcp"), ("targetPort", "11211")],
                    node["bindings"]!["tcp"]!.AsObject().Select(part => (part.Key, part.Value!.ToString())));
                Assert.Equal($"{{{name}.bindings.tcp.host}}:{{{name}.bindings.tcp.port}}", (string?)node["connectionString"]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<JsonObject> PublishAsync(string manifest, bool isEmbedded)
    {
        var builder = Models.ToPublish(manifest);
        var cache = builder.AddMemcached("cache", nodes: 2).WithMemoryLimit(128).WithMaxItemSize("2m");
        if (isEmbedded)
        {
            cache.RunAsEmbedded();
        }

        builder.AddContainer("shop", "shop").WithReference(cache);
        await using var application = builder.Build();
        await application.RunAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!["resources"]!.AsObject();
    }
}

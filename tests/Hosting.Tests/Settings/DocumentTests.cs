using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedCache.Hosting.Tests.Pools;
using TypedCache.Hosting.Tests.Testing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Hosting.Tests.Settings;

/// <summary>The settings that pages show are settings.</summary>
public sealed partial class DocumentTests
{
    private static string Root =>
        typeof(DocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "Repository").Value!;

    [Fact]
    public void The_settings_in_the_place_of_Enyims_give_the_same_cluster()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "from-enyim.md")).ReplaceLineEndings("\n");
        var json = Block().Matches(text).Select(static block => block.Groups[1].Value).Single(static block => block.Contains("\"TypedCache\"", StringComparison.Ordinal));
        var builder = Apps.WithJson(json);
        MemcachedPoolOptions? options = null;
        builder.AddTypedCache("cache").ConfigurePool((_, made) => options = made);
        using var host = builder.Build();

        using var pool = host.Services.GetRequiredService<MemcachedPool>();

        Assert.Equal(["10.0.0.7:11211", "10.0.0.8:11211"], pool.Servers.Select(static server => server.Name));
        Assert.Same(ValueDialect.EnyimMessagePack, options!.ValueDialect);
        Assert.Same(KeyTransformer.EnyimSha1, options.KeyTransformer);
        Assert.Equal(new MemcachedCredentials("shop", "..."), options.Credentials);
        using var code = MemcachedPool.Connect(MemcachedPoolOptions.ForEnyim(keyTransformer: KeyTransformer.EnyimSha1).AddServers("10.0.0.7, 10.0.0.8"));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(code.FindServer($"user:{i}").Name, pool.FindServer($"user:{i}").Name));
    }

    [Fact]
    public void Every_preset_is_on_the_page_of_its_languages()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "other-clients.md"));

        Assert.All(
            Enum.GetValues<MemcachedPreset>().Where(static preset => preset != MemcachedPreset.Default),
            preset => Assert.Contains($"`{PoolOptionsTests.Kebab(preset)}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex("```json\n([^`]*)```")]
    private static partial Regex Block();
}

using System.Reflection;
using System.Text.Json.Nodes;

namespace TypedCache.Hosting.Tests.Schema;

/// <summary>What editors complete in appsettings.json is what the settings are.</summary>
public sealed class SchemaTests
{
    private const string WriteVariable = "TYPEDCACHE_WRITE_SCHEMA";

    private static string File => Path.Combine(
        typeof(SchemaTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "Repository").Value!,
        "src", "Hosting", "ConfigurationSchema.json");

    [Fact]
    public async Task The_schema_in_the_package_is_that_of_the_settings()
    {
        var expected = SettingsSchema.Write();
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            await System.IO.File.WriteAllTextAsync(File, expected, TestContext.Current.CancellationToken);
        }

        var actual = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        Assert.True(expected == actual, $"{File} is not what the settings are; run this test with {WriteVariable}=1 to write it.");
    }

    [Fact]
    public void It_has_every_setting_of_the_common_section_and_of_a_pool()
    {
        var common = JsonNode.Parse(SettingsSchema.Write())!["properties"]!["TypedCache"]!.AsObject();

        foreach (var section in new[] { common, common["additionalProperties"]!.AsObject() })
        {
            var properties = section["properties"]!.AsObject();
            Assert.Equal(SettingNames.All.Order(), properties.Select(static property => property.Key).Order());
            Assert.All(properties, static property => Assert.NotEqual("", (string)property.Value!["description"]!));
        }
    }
}

using TypedCache.Tool.Tests.Contracts;

namespace TypedCache.Tool.Tests.Map;

/// <summary><c>typedcache map</c>, which needs no servers.</summary>
public sealed class MapCommandTests : IDisposable
{
    private readonly ContractOnDisk _shop = ContractOnDisk.Shop();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_table_has_each_key_with_all_that_is_known_of_it()
    {
        var run = await ToolRun.OfAsync("map", _shop.Path);

        Assert.Equal(0, run.Code);
        run.AssertFits();
        Assert.StartsWith("Shop: 3 keys", run.Shown, StringComparison.Ordinal);
        Assert.Matches("shop:v2:product:{id} +│ Product +│ IShopCache ", run.Shown);
        Assert.Matches("  # brand:{value.Brand} +│ 10m +│ .GetOrCreateProductAsync ", run.Shown);
        Assert.Matches("│ +│ \\+5m stale +│ .GetProductAsync ", run.Shown);
        Assert.Matches("│ +│ 2s near +│ ", run.Shown);
        Assert.Matches("shop:views:{id} +│ counter +│ IShopCache ", run.Shown);
        Assert.Matches("shop:rate:{day} +│ double, plain +│ IShopCache ", run.Shown);
    }

    [Fact]
    public async Task Markdown_is_a_table_for_a_document()
    {
        var run = await ToolRun.OfAsync("map", _shop.Folder, "--format", "markdown");

        Assert.Equal(0, run.Code);
        Assert.Contains("| Key | Stored | Lives | Tags | Longest | Declared in |", run.Lines);
        Assert.Contains(
            "| `shop:v2:product:{id}` | `Product` | 10m, +5m stale, 2s near | `brand:{value.Brand}` | 31 bytes | `IShopCache.GetOrCreateProductAsync`, `IShopCache.GetProductAsync` |",
            run.Lines);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--format", "json")]
    public async Task Json_is_for_programs(params string[] options)
    {
        var keys = (await ToolRun.OfAsync(["map", _shop.Path, .. options])).Json.GetProperty("keys");

        Assert.Equal(3, keys.GetArrayLength());
        Assert.Equal(
            ("shop:v2:product:{id}", "Shop.Product", "5m", 31),
            (keys[0].GetProperty("pattern").GetString(), keys[0].GetProperty("value").GetString(), keys[0].GetProperty("stale").GetString(), keys[0].GetProperty("maxLength").GetInt32()));
    }

    [Fact]
    public async Task An_assembly_is_read_and_not_run()
    {
        using var assembly = new AssemblyWithContract(ShopContract.Json);

        var run = await ToolRun.OfAsync("map", assembly.Path, "--json");

        Assert.Equal((await ToolRun.OfAsync("map", _shop.Path, "--json")).Shown, run.Shown);
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), loaded => loaded.GetName().Name == "App");
    }

    [Fact]
    public async Task A_file_without_a_contract_is_refused_with_the_reason()
    {
        using var none = new AssemblyWithContract(json: null);
        using var malformed = new AssemblyWithContract("{}");
        using var text = new ContractOnDisk("no assembly");
        var fake = Path.ChangeExtension(text.Path, ".dll");
        File.Move(text.Path, fake);

        Assert.Contains("has no contract", await RefusedAsync(none.Path), StringComparison.Ordinal);
        Assert.Contains("has a contract that cannot be read", await RefusedAsync(malformed.Path), StringComparison.Ordinal);
        Assert.Contains("is no .NET assembly", await RefusedAsync(fake), StringComparison.Ordinal);
        Assert.Contains("There is no file", await RefusedAsync(Path.Combine(none.Path, "nothing")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_applications_that_agree_give_code_0()
    {
        using var other = new ContractOnDisk(ShopContract.Json
            .Replace("\"assembly\": \"Shop\"", "\"assembly\": \"Admin\"", StringComparison.Ordinal)
            .Replace("\"pattern\": \"shop:rate:{day}\"", "\"pattern\": \"shop:rates:{day}\"", StringComparison.Ordinal)
            .Replace("shop:v2:product:{id}", "shop:v2:product:{productId}", StringComparison.Ordinal)
            .Replace("Shop.Product", "Admin.Item", StringComparison.Ordinal));

        var run = await ToolRun.OfAsync("map", _shop.Path, other.Path);

        Assert.Equal(0, run.Code);
        run.AssertFits();
        Assert.StartsWith("Shop and Admin share 2 keys, and agree about what is stored.", run.Shown, StringComparison.Ordinal);
        Assert.Matches("shop:v2:product:{id} +│ Product +│ Item +│ yes ", run.Shown);
        Assert.Contains("Only in Shop:\n  shop:rate:{day}\n", run.Shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Only in Admin:\n  shop:rates:{day}\n", run.Shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_applications_that_do_not_agree_give_code_3_and_each_reason()
    {
        using var other = Admin("\"name\": \"Name\", \"type\": \"string\"", "\"name\": \"Name\", \"type\": \"int\"");

        var run = await ToolRun.OfAsync("map", _shop.Path, other.Path);
        var json = await ToolRun.OfAsync("map", _shop.Path, other.Path, "--json");
        var markdown = await ToolRun.OfAsync("map", _shop.Path, other.Path, "-f", "markdown");

        Assert.Equal((3, 3, 3), (run.Code, json.Code, markdown.Code));
        run.AssertFits();
        Assert.StartsWith("Shop and Admin share 3 keys, and do not agree about 1.", run.Shown, StringComparison.Ordinal);
        Assert.Matches("shop:v2:product:{id} +│ Product +│ Product +│ no ", run.Shown);
        Assert.Contains("  what Shop stores and Admin reads:\n    Product.Name: string is read as int: ", run.Shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("  what Admin stores and Shop reads:\n    Product.Name: int is read as string: ", run.Shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var product = json.Json.GetProperty("shared").EnumerateArray().Single(key => !key.GetProperty("agree").GetBoolean());
        Assert.Equal("Product.Name", product.GetProperty("oneUnread")[0].GetProperty("path").GetString());
        Assert.Contains("| `shop:v2:product:{id}` | `Product` | `Product` | **no** |", markdown.Lines);
        Assert.Contains(markdown.Lines, line => line.StartsWith("- Shop stores, Admin reads: Product.Name: string is read as int: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_version_is_another_key_and_is_told()
    {
        using var other = Admin("\"version\": 2,", "\"version\": 3,", "shop:v2:", "shop:v3:");

        var run = await ToolRun.OfAsync("map", _shop.Path, other.Path);

        Assert.Equal(0, run.Code);
        Assert.Contains("share 2 keys", run.Shown, StringComparison.Ordinal);
        Assert.Contains("  shop:v2:product:{id} (int) and shop:v3:product:{id} (int)", run.Shown, StringComparison.Ordinal);
    }

    private static ContractOnDisk Admin(params string[] changes)
    {
        var json = ShopContract.Json.Replace("\"assembly\": \"Shop\"", "\"assembly\": \"Admin\"", StringComparison.Ordinal);
        for (var i = 0; i < changes.Length; i += 2)
        {
            json = json.Replace(changes[i], changes[i + 1], StringComparison.Ordinal);
        }

        return new ContractOnDisk(json);
    }

    private static async Task<string> RefusedAsync(string path)
    {
        var run = await ToolRun.OfAsync(300, ["map", path]);
        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Shown);
        return run.Errors;
    }
}

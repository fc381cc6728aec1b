using System.Text.Json;
using Spectre.Console;
using TypedCache.Interop.Tests.Others;
using TypedCache.Tool;
using TypedCache.Tool.Output;

namespace TypedCache.Interop.Tests.Tool;

/// <summary>"Which server does my Ruby application use for this key": the tool's answer against the client's own.</summary>
public class LocateForOthersTests(ITestOutputHelper output)
{
    public static TheoryData<OtherSetup> Setups => [.. OtherSetup.All.Where(setup => setup.Preset is not null)];

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Locate_names_the_server_which_the_client_uses(OtherSetup setup)
    {
        using var servers = new FiveServers(setup.IsWeighted);
        using var client = OtherClient.Start(setup, servers.List);
        var names = setup.KeysOf("text", count: 40).Names;

        var told = new List<string?>();
        foreach (var name in names)
        {
            told.Add(await LocateAsync(name, servers.ServerList, setup.Preset!));
        }

        Assert.Equal(client.Locate(names), told);
        output.WriteLine($"typedcache locate --preset {setup.Preset}: {names.Length} keys where {setup} has them");
    }

    private static async Task<string?> LocateAsync(string key, string servers, string preset)
    {
        using var text = new StringWriter();
        using var errors = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        var code = await new ToolCommand(console, new ErrorStream(errors, IsTerminal: false)).RunAsync(["locate", key, "--servers", servers, "--preset", preset, "--json"]);
        Assert.True(code == 0, errors.ToString());
        return JsonElement.Parse(text.ToString()).GetProperty("server").GetString();
    }
}

using System.CommandLine;
using Spectre.Console;
using TypedCache.Hashing;
using TypedCache.Tool.Output;

namespace TypedCache.Tool;

/// <summary><c>typedcache plan</c>: which keys move when the servers of a cluster change. No server is asked.</summary>
/// <param name="console">Where everything is shown.</param>
internal sealed class PlanCommand(IAnsiConsole console)
{
    private readonly ClusterOptions _cluster = new();
    private readonly Option<string> _from = Servers("--from", "the servers as they are, in the order of the client, such as \"cache-1:11211, cache-2:11211 weight=2\"");
    private readonly Option<string> _to = Servers("--to", "the servers as they are to be");
    private readonly Option<bool> _json = JsonOption.Create("write JSON, with every move and the same for the other strategies");

    public Command Create()
    {
        var command = new Command("plan", "Shows which share of the keys moves when the servers change, and what other hash strategies would do.") { _from, _to, _json };
        _cluster.AddClientTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var client = _cluster.Client(parsed);
        var lists = new ServerLists(Read(parsed, _from), Read(parsed, _to));
        var plan = new ChangePlan(_cluster.StrategyName(parsed), lists, client);
        List<ChangePlan> alternatives = [];
        foreach (var (name, strategy) in ClusterOptions.Strategies)
        {
            if (name != plan.Strategy)
            {
                client.HashStrategy = strategy;
                client.HashFunction = HashFunctions.Crc32;
                alternatives.Add(new ChangePlan(name, lists.WithoutHashNames, client));
            }
        }

        if (parsed.GetValue(_json))
        {
            JsonText.Write(console, json => PlanJson.Write(json, plan, alternatives, lists.LeastShare));
        }
        else
        {
            new PlanReport(console).Write(plan, alternatives, lists.LeastShare);
        }

        return 0;
    }

    private static Option<string> Servers(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "host:port,...",
        Required = true,
    };

    // Checked as a pool checks them.
    private IReadOnlyList<MemcachedServerOptions> Read(ParseResult parsed, Option<string> option)
    {
        try
        {
            var options = _cluster.Client(parsed).AddServers(parsed.GetValue(option)!);
            options.Validate();
            return [.. options.Servers];
        }
        catch (ArgumentException mistake)
        {
            throw new ArgumentException($"{option.Name}: {mistake.Message}", mistake);
        }
    }
}

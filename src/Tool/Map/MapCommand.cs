using System.CommandLine;
using Spectre.Console;
using TypedCache.Generator.Contracts;
using TypedCache.Tool.Contracts;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Map;

/// <summary><c>typedcache map</c>: the keys of an application, or those that two applications share. No server is asked.</summary>
/// <param name="console">Where they are shown.</param>
internal sealed class MapCommand(IAnsiConsole console)
{
    /// <summary>The exit code where two applications do not agree about what is stored under a key.</summary>
    public const int Disagree = 3;

    private const string Table = "table";
    private const string Markdown = "markdown";
    private const string Json = "json";

    private readonly Argument<string> _application = new("app") { Description = "the TypedCache.contract.json of an application, its folder, or its built assembly" };
    private readonly Argument<string?> _other = new("other") { Description = "another one: shows which keys both have, and whether they agree", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _format = new Option<string>("--format", "-f")
    {
        Description = "table, markdown or json",
        HelpName = "format",
        DefaultValueFactory = _ => Table,
    }.AcceptOnlyFromAmong(Table, Markdown, Json);

    private readonly Option<bool> _json = JsonOption.Create("the same as --format json");

    public Command Create()
    {
        var command = new Command("map", "Shows the keys of an application, or those that two applications share.") { _application, _other, _format, _json };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(_application)!;
        var format = parsed.GetValue(_json) ? Json : parsed.GetValue(_format)!;
        var contract = ContractSource.Read(path);
        if (parsed.GetValue(_other) is not { } otherPath)
        {
            Show(contract, format);
            return 0;
        }

        var other = ContractSource.Read(otherPath);
        var comparison = contract.Assembly == other.Assembly
            ? new SharedKeys(path, contract, otherPath, other)
            : new SharedKeys(contract.Assembly, contract, other.Assembly, other);
        Show(comparison, format);
        return comparison.Agree ? 0 : Disagree;
    }

    private void Show(ContractFile contract, string format)
    {
        switch (format)
        {
            case Json:
                JsonText.Write(console, json => MapJson.Write(json, contract));
                break;
            case Markdown:
                MapMarkdown.Write(console.Profile.Out.Writer, contract);
                break;
            default:
                new MapReport(console).Write(contract);
                break;
        }
    }

    private void Show(SharedKeys comparison, string format)
    {
        switch (format)
        {
            case Json:
                JsonText.Write(console, json => SharedJson.Write(json, comparison));
                break;
            case Markdown:
                SharedMarkdown.Write(console.Profile.Out.Writer, comparison);
                break;
            default:
                new SharedReport(console).Write(comparison);
                break;
        }
    }
}

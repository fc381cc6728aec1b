using Spectre.Console;
using TypedCache.Generator.Contracts;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Map;

/// <summary>The keys of an application for people, in 80 columns.</summary>
/// <param name="console">Where they are shown.</param>
internal sealed class MapReport(IAnsiConsole console)
{
    /// <summary>Shows them.</summary>
    public void Write(ContractFile contract)
    {
        console.WriteLine($"{contract.Assembly}: {Shown.Count(contract.Keys.Count)} {(contract.Keys.Count == 1 ? "key" : "keys")}");
        if (contract.Keys.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumn("key, tags").AddColumn("stored, for").AddColumn("declared in").ShowRowSeparators();
        foreach (var key in contract.Keys)
        {
            table.AddRow(
                Markup.Escape(string.Join('\n', key.Tags.Select(tag => $"  # {tag}").Prepend(key.Pattern))),
                Markup.Escape($"{KeyText.Stored(key)}\n{KeyText.Lives(key, "\n")}".TrimEnd()),
                Markup.Escape(string.Join('\n', key.Methods.Select(method => $".{method}").Prepend(KeyText.Client(key)))));
        }

        console.Write(table);
    }
}

using Spectre.Console;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Map;

/// <summary>What two applications share, for people, in 80 columns.</summary>
/// <param name="console">Where it is shown.</param>
internal sealed class SharedReport(IAnsiConsole console)
{
    /// <summary>Shows it.</summary>
    public void Write(SharedKeys keys)
    {
        console.WriteLine(Summary(keys));
        if (keys.Shared.Count > 0)
        {
            WriteShared(keys);
        }

        foreach (var key in keys.Shared.Where(key => !key.Agree))
        {
            console.WriteLine();
            console.WriteLine(key.One.Pattern);
            WriteBreaks(keys.OneName, keys.OtherName, key.OneUnread);
            WriteBreaks(keys.OtherName, keys.OneName, key.OtherUnread);
        }

        WriteAlike(keys);
        WriteOnly(keys.OneName, keys.OnlyOne);
        WriteOnly(keys.OtherName, keys.OnlyOther);
    }

    /// <summary>The result in a sentence.</summary>
    public static string Summary(SharedKeys keys)
    {
        var agreed = keys.Shared.Count(key => key.Agree);
        var shared = keys.Shared.Count switch { 0 => "no key", 1 => "1 key", var count => $"{Shown.Count(count)} keys" };
        var verdict = keys.Shared.Count == 0 ? "" : agreed == keys.Shared.Count ? ", and agree about what is stored" : $", and do not agree about {Shown.Count(keys.Shared.Count - agreed)}";
        return $"{keys.OneName} and {keys.OtherName} share {shared}{verdict}.";
    }

    /// <summary>What cannot be read, in a line.</summary>
    public static string Line(ContractBreak found) => $"{found.Path}: {found.Written} is read as {found.Read}: {found.Reason}.";

    private void WriteShared(SharedKeys keys)
    {
        var table = new Table().AddColumn("shared key").AddColumn(Markup.Escape(keys.OneName)).AddColumn(Markup.Escape(keys.OtherName)).AddColumn(new TableColumn("agree").NoWrap());
        foreach (var key in keys.Shared)
        {
            table.AddRow(Markup.Escape(key.One.Pattern), Markup.Escape(KeyText.Stored(key.One)), Markup.Escape(KeyText.Stored(key.Other)), key.Agree ? "yes" : "no");
        }

        console.Write(table);
    }

    private void WriteBreaks(string writer, string reader, IReadOnlyList<ContractBreak> breaks)
    {
        if (breaks.Count > 0)
        {
            console.WriteLine($"  what {writer} stores and {reader} reads:");
        }

        foreach (var found in breaks)
        {
            console.Write(new Padder(new Text(Line(found)), new Padding(4, 0, 0, 0)));
        }
    }

    private void WriteAlike(SharedKeys keys)
    {
        if (keys.Alike.Count > 0)
        {
            console.WriteLine();
            console.WriteLine("Nearly the same, but not shared:");
        }

        foreach (var (one, other) in keys.Alike)
        {
            console.WriteLine($"  {one.Pattern} ({Arguments(one)}) and {other.Pattern} ({Arguments(other)})");
        }
    }

    private static string Arguments(ContractKey key) => key.Arguments.Count == 0 ? "no arguments" : string.Join(", ", key.Arguments.Select(argument => argument.Type));

    private void WriteOnly(string name, IReadOnlyList<ContractKey> keys)
    {
        if (keys.Count > 0)
        {
            console.WriteLine();
            console.WriteLine($"Only in {name}:");
        }

        foreach (var key in keys)
        {
            console.WriteLine($"  {key.Pattern}");
        }
    }
}

using System.Globalization;
using Spectre.Console;

namespace TypedCache.Tool;

/// <summary>A plan for people, in 80 columns.</summary>
/// <param name="console">Where it is shown.</param>
internal sealed class PlanReport(IAnsiConsole console)
{
    private const int LongestName = 30;
    private const int MostMoves = 20;

    // From where on it is worth a warning: most of the keys, and many more than have to.
    private const double Most = 0.5;
    private const double Excess = 1.5;
    private const double NearlyAll = 0.75;

    /// <summary>Shows it.</summary>
    /// <param name="plan">The strategy of the client.</param>
    /// <param name="alternatives">The others.</param>
    /// <param name="least">The least share of the keys that has to move.</param>
    public void Write(ChangePlan plan, IReadOnlyList<ChangePlan> alternatives, double least)
    {
        console.WriteLine($"{Percent(plan.MovedShare)} of the keys move ({plan.Strategy}). By the weights, {Percent(least)} have to.");
        if (plan.MovedShare > Math.Max(Most, Excess * least))
        {
            console.WriteLine(
                $"{(plan.MovedShare >= NearlyAll ? "Nearly all keys" : "Most keys")} move, because {plan.Strategy} goes by the number and the order of the servers. " +
                "After the change, reads of them miss until they are filled again.");
        }

        console.WriteLine();
        WriteServers(plan);
        WriteMoves(plan);
        WriteStrategies([plan, .. alternatives]);
    }

    private void WriteServers(ChangePlan plan)
    {
        var table = Columns("server", "before", "after", "due");
        foreach (var server in plan.Servers)
        {
            table.AddRow(Name(server.Name), Percent(server.Before), Percent(server.After), Percent(server.Due));
        }

        console.Write(table);
    }

    private void WriteMoves(ChangePlan plan)
    {
        if (plan.Moves.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumn("from").AddColumn("to").AddColumn(new TableColumn("keys").RightAligned());
        foreach (var move in plan.Moves.Take(MostMoves))
        {
            table.AddRow(Name(move.From), Name(move.To), Percent(move.Share));
        }

        console.Write(table);
        var (left, share) = (Math.Max(0, plan.Moves.Count - MostMoves), plan.Moves.Skip(MostMoves).Sum(move => move.Share));
        if (left > 0)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {left} smaller moves, {Percent(share)} together. --json shows all."));
        }
    }

    private void WriteStrategies(IEnumerable<ChangePlan> plans)
    {
        var table = Columns("strategy", "keys that move", "fullest server, of its due");
        foreach (var plan in plans)
        {
            table.AddRow(Markup.Escape(plan.Strategy), Percent(plan.MovedShare), Percent(plan.FullestServer));
        }

        console.Write(table);
    }

    private static Table Columns(string first, params string[] others)
    {
        var table = new Table().AddColumn(first);
        foreach (var other in others)
        {
            table.AddColumn(new TableColumn(other).RightAligned());
        }

        return table;
    }

    private static string Name(string name) => Markup.Escape(string.Join('\n', name.Chunk(LongestName).Select(part => new string(part))));

    private static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{100 * known:0.0} %") : "-";
}

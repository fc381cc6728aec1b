using Spectre.Console;

namespace TypedCache.Tool;

/// <summary>
/// A table with a column for each server. Where they do not fit beside each other, it is written in several parts, one below the other.
/// </summary>
/// <param name="title">The heading of the rows' names.</param>
internal sealed class ServerTable(string title)
{
    // A border and a blank on each side.
    private const int Padding = 3;

    // Longer names are broken.
    private const int WidestColumn = 30;
    private const int Narrowest = 8;

    private readonly List<string> _servers = [];
    private readonly List<string[]> _rows = [];

    public void AddServer(string name) => _servers.Add(name);

    /// <summary>Adds a row with a cell for each server.</summary>
    public void AddRow(string name, IEnumerable<string> cells) => _rows.Add([name, .. cells]);

    public void Write(IAnsiConsole console)
    {
        var names = Width(title, 0);
        for (var first = 0; first < _servers.Count;)
        {
            var left = console.Profile.Width - names - Padding - 1;
            var count = 0;
            do
            {
                left -= Width(_servers[first + count], first + count + 1) + Padding;
                count++;
            }
            while (first + count < _servers.Count && left >= Width(_servers[first + count], first + count + 1) + Padding);

            console.Write(Part(first, count));
            first += count;
        }
    }

    private int Width(string heading, int column) =>
        Math.Clamp(Math.Max(heading.Length, _rows.Max(row => row[column].Length)), Narrowest, WidestColumn);

    private static string Broken(string name) => string.Join('\n', name.Chunk(WidestColumn).Select(part => new string(part)));

    private Table Part(int first, int count)
    {
        var table = new Table().AddColumn(new TableColumn(title).Width(Width(title, 0)));
        for (var server = first; server < first + count; server++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(Broken(_servers[server]))).RightAligned().Width(Width(_servers[server], server + 1)));
        }

        foreach (var row in _rows)
        {
            table.AddRow([Markup.Escape(row[0]), .. row[(first + 1)..(first + 1 + count)].Select(Markup.Escape)]);
        }

        return table;
    }
}

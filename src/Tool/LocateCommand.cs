using System.CommandLine;
using System.Globalization;
using System.Text;
using Spectre.Console;
using TypedCache.Values;

namespace TypedCache.Tool;

/// <summary><c>typedcache locate</c>: which server holds a key, under which bytes, with which failover order, and what it holds.</summary>
/// <param name="console">Where everything is shown.</param>
internal sealed class LocateCommand(IAnsiConsole console)
{
    private readonly ClusterOptions _cluster = new();
    private readonly Argument<string> _key = new("key") { Description = "the key as the application gives it" };
    private readonly Option<bool> _get = new("--get") { Description = "ask the server for the value, its flags, size and time to live" };

    public Command Create()
    {
        var command = new Command("locate", "Shows which server holds a key, under which bytes and with which failover order.") { _key, _get };
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var pool = _cluster.Connect(parsed);
        var key = parsed.GetValue(_key)!;
        var location = pool.Locate(key);
        var table = new Table().HideHeaders().AddColumn("").AddColumn("");
        table.AddRow("server", Markup.Escape(location.Servers[0].Name));
        table.AddRow("key on the wire", Markup.Escape(Printable(location.WireKey.Span)));
        table.AddRow("bytes", $"{location.WireKey.Length}");
        table.AddRow("failover order", Markup.Escape(Order(location)));
        if (parsed.GetValue(_get))
        {
            await AddItemAsync(table, pool, key, location, cancellationToken);
        }

        console.Write(table);
        return 0;
    }

    private static async Task AddItemAsync(Table table, MemcachedPool pool, string key, KeyLocation location, CancellationToken cancellationToken)
    {
        try
        {
            var item = await pool.GetValueAsync(key, ShownValueCodec.Instance, cancellationToken);
            if (item.Found)
            {
                var (flags, kind, size, text) = item.Value!;
                table.AddRow("flags", string.Create(CultureInfo.InvariantCulture, $"0x{flags:X} ({kind})"));
                table.AddRow("size", $"{size} bytes");
                table.AddRow("time to live", await ItemMetadata.ReadTimeToLiveAsync(location, cancellationToken));
                table.AddRow("value", Markup.Escape(text));
            }
            else
            {
                table.AddRow("value", "no server has one");
            }
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException)
        {
            table.AddRow("value", Markup.Escape(exception.Message));
        }
    }

    private static string Order(KeyLocation location) =>
        location.Servers.Count == 1 ? "none" : string.Join(", ", location.Servers.Skip(1).Select(server => server.Name));

    // Bytes which are not printable are shown as \xNN.
    private static string Printable(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder();
        foreach (var value in key)
        {
            _ = value is > 0x20 and < 0x7F and not (byte)'\\'
                ? text.Append((char)value)
                : text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        }

        return text.ToString();
    }
}

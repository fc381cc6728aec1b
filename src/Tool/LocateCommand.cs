using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using TypedCache.Tool.Output;
using TypedCache.Tool.Values;

namespace TypedCache.Tool;

/// <summary><c>typedcache locate</c>: which server holds a key, under which bytes, with which failover order, and what it holds.</summary>
/// <param name="console">Where everything is shown.</param>
internal sealed class LocateCommand(IAnsiConsole console)
{
    private const int LongestValue = 1000;
    private const string NoItem = "no server has one";

    private readonly ClusterOptions _cluster = new();
    private readonly Argument<string> _key = new("key") { Description = "the key as the application gives it" };
    private readonly Option<bool> _get = new("--get") { Description = "ask the server for the value, its flags, size and time to live" };
    private readonly Option<bool> _json = JsonOption.Create();

    public Command Create()
    {
        var command = new Command("locate", "Shows which server holds a key, under which bytes and with which failover order.") { _key, _get, _json };
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // In the classic protocol a read never takes the lease of a stale value.
        await using var pool = _cluster.Connect(parsed, MemcachedProtocol.Classic);
        var key = parsed.GetValue(_key)!;
        var location = pool.Locate(key);
        var item = parsed.GetValue(_get) ? await LocatedItem.ReadAsync(pool, key, location, cancellationToken) : null;
        if (parsed.GetValue(_json))
        {
            JsonText.Write(console, json => Write(json, location, item));
        }
        else
        {
            Show(location, item);
        }

        return item is { Value: null } ? ToolCommand.Failed : 0;
    }

    private void Show(KeyLocation location, LocatedItem? item)
    {
        var table = new Table().HideHeaders().AddColumn("").AddColumn("");
        table.AddRow("server", Markup.Escape(location.Servers[0].Name));
        table.AddRow("key on the wire", Markup.Escape(Printable(location.WireKey.Span)));
        table.AddRow("bytes", $"{location.WireKey.Length}");
        table.AddRow("failover order", Markup.Escape(Order(location)));
        if (item?.Value is { } value)
        {
            table.AddRow("flags", string.Create(CultureInfo.InvariantCulture, $"0x{value.Flags:X} ({value.Kind})"));
            table.AddRow("size", $"{value.Size} bytes");
            table.AddRow("time to live", item.TimeToLive switch { null => "not known", < 0 => "no limit", { } seconds => Shown.Time(seconds) });
            table.AddRow("value", Markup.Escape(Shown.Printable(Shown.Cut(Text(value.Node), LongestValue))));
            if (value.Unreadable is { } reason)
            {
                table.AddRow("not readable", Markup.Escape(Shown.Printable(reason)));
            }
        }
        else if (item is not null)
        {
            table.AddRow("value", Markup.Escape(Shown.Printable(item.Error ?? NoItem)));
        }

        console.Write(table);
    }

    private static string Text(ValueNode value) =>
        value is ValueNode.Scalar scalar ? scalar.Text : JsonText.Of(json => ValueJson.Write(json, value), indented: false);

    private static void Write(Utf8JsonWriter json, KeyLocation location, LocatedItem? item)
    {
        json.WriteStartObject();
        json.WriteString("key", Printable(location.WireKey.Span));
        json.WriteNumber("bytes", location.WireKey.Length);
        json.WriteString("server", location.Servers[0].Name);
        json.WriteStartArray("failover");
        foreach (var server in location.Servers.Skip(1))
        {
            json.WriteStringValue(server.Name);
        }

        json.WriteEndArray();
        if (item is not null)
        {
            WriteItem(json, item);
        }

        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, LocatedItem item)
    {
        if (item.Value is not { } value)
        {
            json.WriteNull("item");
            json.WriteString("error", item.Error ?? NoItem);
            return;
        }

        json.WriteStartObject("item");
        json.WriteNumber("flags", value.Flags);
        json.WriteString("kind", value.Kind.ToString());
        json.WriteNumber("bytes", value.Size);
        if (value.Unreadable is { } reason)
        {
            json.WriteString("unreadable", reason);
        }

        if (item.TimeToLive is >= 0 and var seconds)
        {
            json.WriteNumber("timeToLive", seconds);
        }
        else
        {
            json.WriteNull("timeToLive");
        }

        json.WritePropertyName("value");
        ValueJson.Write(json, value.Node);
        json.WriteEndObject();
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

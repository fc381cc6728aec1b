using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Watching;

/// <summary>Shows events one by one, each on a line.</summary>
/// <param name="console">Where. A terminal gets no longer lines than it has room for.</param>
/// <param name="json">Whether it is JSON.</param>
internal sealed class EventLines(IAnsiConsole console, bool json)
{
    private readonly int _width = console.Profile.Out.IsTerminal ? console.Profile.Width : int.MaxValue;

    /// <summary>Shows an event.</summary>
    public void Write(ShownEvent shown)
    {
        if (json)
        {
            JsonText.WriteLine(console, writer => Write(writer, shown));
            return;
        }

        var output = console.Profile.Out.Writer;
        output.WriteLine(Shown.Cut(Line(shown), _width));
        output.Flush();
    }

    private static string Line(ShownEvent shown)
    {
        var size = shown.Size is { } bytes ? Shown.Bytes(bytes) : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{shown.Time.ToLocalTime():HH:mm:ss.fff} {shown.Operation,-7} {shown.Result,-10} {size,9} {shown.Key}{(shown.Pattern is null ? "" : $"  {shown.Pattern}")}  @{shown.Server}");
    }

    private static void Write(Utf8JsonWriter writer, ShownEvent shown)
    {
        writer.WriteStartObject();
        writer.WriteString("time", shown.Time);
        writer.WriteString("server", shown.Server);
        writer.WriteString("operation", shown.Operation);
        writer.WriteString("result", shown.Result);
        writer.WriteString("key", shown.Key);
        if (shown.Pattern is not null)
        {
            writer.WriteString("pattern", shown.Pattern);
        }

        if (shown.Size is { } size)
        {
            writer.WriteNumber("bytes", size);
        }

        writer.WriteEndObject();
    }
}

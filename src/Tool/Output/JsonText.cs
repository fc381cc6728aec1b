using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace TypedCache.Tool.Output;

/// <summary>JSON for programs.</summary>
internal static class JsonText
{
    // Control characters, which could control a terminal, are escaped all the same.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes a document on lines of its own, indented.</summary>
    /// <param name="console">Where it goes. Its lines are not broken.</param>
    /// <param name="write">Writes the document.</param>
    public static void Write(IAnsiConsole console, Action<Utf8JsonWriter> write) => console.Profile.Out.Writer.WriteLine(Of(write, indented: true));

    /// <summary>Writes a document on one line, for a stream of them.</summary>
    /// <param name="console">Where it goes.</param>
    /// <param name="write">Writes the document.</param>
    public static void WriteLine(IAnsiConsole console, Action<Utf8JsonWriter> write)
    {
        console.Profile.Out.Writer.WriteLine(Of(write, indented: false));
        console.Profile.Out.Writer.Flush();
    }

    /// <summary>The text of a document.</summary>
    public static string Of(Action<Utf8JsonWriter> write, bool indented)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = indented, Encoder = Encoder }))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
    }
}

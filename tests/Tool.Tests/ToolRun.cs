using System.Text.Json;
using Spectre.Console;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Tests;

/// <summary>What a command line gave.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Shown">What was written to the output.</param>
/// <param name="Errors">What was written to the error stream.</param>
internal sealed record ToolRun(int Code, string Shown, string Errors)
{
    /// <summary>The output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Shown).RootElement;

    /// <summary>The lines of the output.</summary>
    public string[] Lines => Shown.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command line as if its output went to a file.</summary>
    public static Task<ToolRun> OfAsync(params string[] arguments) => OfAsync(80, arguments);

    /// <summary>Runs a command line as if its output went to a file.</summary>
    public static async Task<ToolRun> OfAsync(int width, string[] arguments)
    {
        using var text = new StringWriter();
        using var errors = new StringWriter();
        var code = await new ToolCommand(CreateConsole(text, width), new ErrorStream(errors, IsTerminal: false)).RunAsync(arguments);
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(errors.ToString());
        return new ToolRun(code, text.ToString(), errors.ToString());
    }

    /// <summary>Runs a command line as in a terminal of 80 columns.</summary>
    public static async Task<ToolRun> InTerminalAsync(params string[] arguments)
    {
        using var text = new StringWriter();
        using var errors = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new TerminalOutput(text),
        });
        var code = await new ToolCommand(console, new ErrorStream(errors, IsTerminal: true)).RunAsync(arguments);
        TestContext.Current.TestOutputHelper?.WriteLine(text.ToString());
        return new ToolRun(code, text.ToString(), errors.ToString());
    }

    /// <summary>A console that writes plain text.</summary>
    public static IAnsiConsole CreateConsole(TextWriter text, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>Checks that no line has more than 80 columns.</summary>
    public void AssertFits() => Assert.All(Lines, line => Assert.InRange(line.Length, 0, 80));
}

/// <summary>Text that is written as to a terminal.</summary>
internal sealed class TerminalOutput(TextWriter text) : IAnsiConsoleOutput
{
    public TextWriter Writer => text;

    public bool IsTerminal => true;

    public int Width => 80;

    public int Height => 25;

    public void SetEncoding(System.Text.Encoding encoding)
    {
    }
}

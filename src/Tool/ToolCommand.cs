using System.CommandLine;
using System.CommandLine.Help;
using Spectre.Console;
using TypedCache.Tool.Census;
using TypedCache.Tool.Live;
using TypedCache.Tool.Map;
using TypedCache.Tool.Output;
using TypedCache.Tool.Values;
using TypedCache.Tool.Watching;

namespace TypedCache.Tool;

/// <summary>The command line: its commands, its messages and its exit codes.</summary>
/// <param name="console">Where results are shown.</param>
/// <param name="errors">Where progress is told, what is missing from a result, and which argument is not valid; null: the error stream of the process.</param>
internal sealed class ToolCommand(IAnsiConsole console, ErrorStream? errors = null)
{
    private readonly ErrorStream _errors = errors ?? ErrorStream.OfProcess();

    public const int Failed = 1;
    public const int BadArguments = 2;

    // What shells give to whatever Ctrl+C has ended: 128 and the number of the signal.
    private const int Interrupted = 130;

    /// <summary>Runs a command line.</summary>
    /// <returns>
    /// The exit code: 0, 1 when nothing could be found out or no server started, 2 when an argument is not valid, 3 when two applications do
    /// not agree, 130 when it was ended before it had a result.
    /// </returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        var root = Create();
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                help.MaxWidth = console.Profile.Width;
            }
        }

        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                return Refuse(parsed.Errors.Select(error => error.Message));
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = console.Profile.Out.Writer }, cancellationToken);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return Refuse([exception.Message]);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    /// <summary>All commands with their options.</summary>
    public RootCommand Create() => new RootCommand("Looks into a cluster of memcached servers as a TypedCache pool or a PHP application sees it, and runs servers for development.")
    {
        new LocateCommand(console).Create(),
        new StatsCommand(console).Create(),
        new SpreadCommand(console).Create(),
        new PlanCommand(console).Create(),
        new KeysCommand(console, _errors).Create(),
        new GetCommand(console, _errors).Create(),
        new MapCommand(console).Create(),
        new TopCommand(console).Create(),
        new WatchCommand(console, _errors).Create(),
        new ServeCommand(console, _errors).Create(),
    };

    private int Refuse(IEnumerable<string> messages)
    {
        foreach (var message in messages)
        {
            _errors.WriteLine(message);
        }

        _errors.WriteLine("Use --help to see commands and options.");
        return BadArguments;
    }
}

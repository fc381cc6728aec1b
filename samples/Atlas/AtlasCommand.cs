using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Data.Sqlite;
using TypedCache;

namespace Atlas;

/// <summary>The command line: its options, its messages and its exit codes.</summary>
internal static class AtlasCommand
{
    private const int Failed = 1;
    private const int BadOptions = 2;

    // A machine that is busy with other things makes figures worse; it must not end the run.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Option<string?> Servers = new("--servers")
    {
        Description = "memcached servers, such as 127.0.0.1:11211,127.0.0.1:11212; without it, three embedded servers are used",
        HelpName = "host:port,...",
    };

    private static readonly Option<int> Lookups = Number("--lookups", 20_000, 100, 10_000_000, "cities to look up in each measured round; a hundredth of that for answers made of many rows");

    private static readonly Option<int> Callers = Number("--callers", 16, 1, 1_000, "callers which look up at once");

    private static readonly Option<int> Seed = Number("--seed", 1, int.MinValue, int.MaxValue, "decides which cities are looked up, in which order");

    private static readonly Option<FileInfo?> Database = new("--database")
    {
        Description = "new file for the SQLite database, which is kept; without it, a temporary file is used",
        HelpName = "file",
        Validators = { RefuseExistingFile },
    };

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code: 0, 1 when the run failed, 2 when an option is not valid.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var command = new RootCommand("Asks SQLite about real cities, alone and with a typed memcached cache in front of it, and measures both.")
        {
            Servers, Lookups, Callers, Seed, Database,
        };
        command.SetAction(RunAsync);
        var parsed = command.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync();
        }

        return await FailAsync(BadOptions, string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message)));
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new AtlasOptions(
            parsed.GetValue(Servers), parsed.GetValue(Lookups), parsed.GetValue(Callers), parsed.GetValue(Seed), parsed.GetValue(Database));
        MemcachedPool pool;
        try
        {
            pool = options.Servers is null ? MemcachedPool.InMemory(servers: 3) : MemcachedPool.Connect(options.Servers);
            pool.UpdateTimeLimits(pool.TimeLimits with { ConnectTimeout = Patience, OperationTimeout = Patience });
        }
        catch (ArgumentException exception)
        {
            return await FailAsync(BadOptions, $"{Servers.Name}: {exception.Message}");
        }

        await using (pool)
        {
            try
            {
                await new AtlasRun(options, pool, new Report(Console.Out, !Console.IsOutputRedirected), cancellationToken).RunAsync();
                return 0;
            }
            catch (Exception exception) when (exception is MemcachedException or SqliteException or IOException or UnauthorizedAccessException)
            {
                return await FailAsync(Failed, exception.Message);
            }
            catch (OperationCanceledException)
            {
                return await FailAsync(Failed, "Stopped.");
            }
        }
    }

    private static async Task<int> FailAsync(int exitCode, string message)
    {
        await Console.Error.WriteLineAsync(message);
        if (exitCode == BadOptions)
        {
            await Console.Error.WriteLineAsync("Use --help to see the options.");
        }

        return exitCode;
    }

    private static Option<int> Number(string name, int byDefault, int least, int most, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => byDefault,
            CustomParser = argument => ParseNumber(argument, name, least, most),
        };

    private static int ParseNumber(ArgumentResult argument, string name, int least, int most)
    {
        var text = argument.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            argument.AddError($"{name}: '{text}' is no whole number from {least} to {most}.");
        }

        return number;
    }

    // The tables are made anew, so a file which somebody needs must not be taken.
    private static void RefuseExistingFile(OptionResult result)
    {
        if (result.GetValueOrDefault<FileInfo?>() is { } file && (file.Exists || Directory.Exists(file.FullName)))
        {
            result.AddError($"{result.Option.Name}: '{file.FullName}' exists already. Name a new file, or delete this one first.");
        }
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Storefront.Load;

namespace Storefront.CommandLine;

/// <summary>The command line: its options, its messages and its exit codes.</summary>
internal static class StorefrontCommand
{
    /// <summary>The exit code of a run that failed.</summary>
    public const int Failed = 1;

    private const int BadOptions = 2;

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = $"where the shop listens; otherwise what ASPNETCORE_URLS says, or {StorefrontOptions.DefaultUrls}",
        HelpName = "address;...",
    };

    private static readonly Option<string?> Servers = new("--servers")
    {
        Description = "memcached servers, such as 127.0.0.1:11211,127.0.0.1:11212; otherwise those of ConnectionStrings:cache, or three in this process",
        HelpName = "host:port,...",
    };

    private static readonly Option<string?> Database = new("--database")
    {
        Description = "file for the SQLite database, which is made if it is not there; otherwise one among the temporary files",
        HelpName = "file",
    };

    private static readonly Option<TimeSpan> OriginDelay = new("--origin-delay")
    {
        Description = "makes each query of the database slower, such as 5ms; otherwise it takes what it takes",
        HelpName = "time",
        CustomParser = ParseTime,
    };

    private static readonly Option<string?> Load = new("--load")
    {
        Description = "visitors for the shop, from a process of their own; with an address: for the shop there",
        HelpName = "address",
        Arity = ArgumentArity.ZeroOrOne,
        Validators = { CheckAddress },
    };

    private static readonly Option<int> Rate = Number("--rate", 100, 1, 100_000, "visitors of --load, a second");

    private static readonly Option<int> Bypass = Number("--bypass", 5, 0, 100, "pages of --load that are made without the caches, in percent");

    private static readonly Option<int> Seconds = Number("--seconds", 0, 0, 86_400, "how long --load goes on; 0: until Ctrl+C");

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code: 0, 1 when the run failed, 2 when an option is not valid.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var command = new RootCommand("A shop in front of SQLite with its caches in TypedCache, and visitors for it.")
        {
            Urls, Servers, Database, OriginDelay, Load, Rate, Bypass, Seconds,
        };
        command.SetAction(RunAsync);
        var parsed = command.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            // However long the requests take that are under way: the shop has a limit of its own.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
        }

        await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, parsed.Errors.Select(static error => error.Message)));
        await Console.Error.WriteLineAsync("Use --help to see the options.");
        return BadOptions;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var address = parsed.GetValue(Load);
        if (address is not null)
        {
            return new LoadCommand(LoadOptionsFor(parsed, new Uri(address))).RunAsync(cancellationToken);
        }

        Func<Uri, LoadOptions>? load = parsed.GetResult(Load) is null ? null : shop => LoadOptionsFor(parsed, shop);
        var options = new StorefrontOptions(parsed.GetValue(Urls), parsed.GetValue(Servers), parsed.GetValue(Database), parsed.GetValue(OriginDelay));
        return new ServeCommand(options, load).RunAsync(cancellationToken);
    }

    private static LoadOptions LoadOptionsFor(ParseResult parsed, Uri shop) => new(
        shop,
        parsed.GetValue(Rate),
        parsed.GetValue(Bypass) / 100.0,
        parsed.GetValue(Seconds) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null);

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
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            argument.AddError($"{name}: '{text}' is no whole number from {least} to {most}.");
        }

        return number;
    }

    private static TimeSpan ParseTime(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        var (digits, unit) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], 1) : (text.TrimEnd('s'), 1000);
        if (digits == text || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (long)number * unit > 10_000)
        {
            argument.AddError($"--origin-delay: '{text}' is no time up to 10 seconds, such as 5ms or 1s.");
            return TimeSpan.Zero;
        }

        return TimeSpan.FromMilliseconds(number * unit);
    }

    private static void CheckAddress(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is { } text
            && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)))
        {
            result.AddError($"--load: '{text}' is no address, such as {StorefrontOptions.DefaultUrls}.");
        }
    }
}

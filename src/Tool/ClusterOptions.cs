using System.CommandLine;
using TypedCache.Hashing;
using TypedCache.Tool.Output;

namespace TypedCache.Tool;

/// <summary>The options which describe a cluster: its servers, and the client whose view of them is wanted.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string> _servers = new("--servers", "-s")
    {
        Description = "the servers in the order of the client, such as \"cache-1:11211, cache-2:11211 weight=2\"",
        HelpName = "host:port,...",
        Required = true,
    };

    private readonly Option<string> _preset = CreatePreset();
    private readonly Option<string?> _hash = CreateHash();

    private readonly Option<string> _prefix = new("--prefix")
    {
        Description = "the prefix which the client puts in front of every key",
        HelpName = "text",
        DefaultValueFactory = _ => "",
    };

    /// <summary>The strategies which <c>--hash</c> takes, each with CRC-32.</summary>
    public static IReadOnlyDictionary<string, HashStrategyFactory> Strategies { get; } = new Dictionary<string, HashStrategyFactory>(StringComparer.OrdinalIgnoreCase)
    {
        ["standard"] = HashStrategies.Standard,
        ["consistent"] = HashStrategies.Consistent,
        ["rendezvous"] = HashStrategies.Rendezvous,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_servers);
        AddClientTo(command);
    }

    /// <summary>Adds those of the client to a command, without the servers.</summary>
    public void AddClientTo(Command command)
    {
        command.Add(_preset);
        command.Add(_hash);
        command.Add(_prefix);
    }

    /// <summary>Makes the pool which the options describe.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="protocol">Which protocol it speaks; null: that of the client.</param>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public MemcachedPool Connect(ParseResult parsed, MemcachedProtocol? protocol = null)
    {
        var options = Client(parsed).AddServers(parsed.GetValue(_servers)!);
        options.Protocol = protocol ?? options.Protocol;
        return MemcachedPool.Connect(options);
    }

    /// <summary>Makes the options of the client, without servers.</summary>
    public MemcachedPoolOptions Client(ParseResult parsed)
    {
        var options = ClientPresets.All[parsed.GetValue(_preset)!].Create();
        if (parsed.GetValue(_hash) is { } hash)
        {
            options.HashStrategy = Strategies[hash];
            options.HashFunction = HashFunctions.Crc32;
        }

        options.KeyPrefix = parsed.GetValue(_prefix)!;
        return options;
    }

    /// <summary>What the client's strategy is called.</summary>
    public string StrategyName(ParseResult parsed) => parsed.GetValue(_hash)?.ToLowerInvariant() ?? ClientPresets.All[parsed.GetValue(_preset)!].Strategy;

    private static Option<string> CreatePreset()
    {
        var option = new Option<string>("--preset", "-p")
        {
            Description = $"the client whose rules apply: {string.Join(", ", ClientPresets.All.Keys)}",
            HelpName = "client",
            DefaultValueFactory = _ => ClientPresets.Default,
        };
        return option.TakesOnly([.. ClientPresets.All.Keys]);
    }

    private static Option<string?> CreateHash()
    {
        var option = new Option<string?>("--hash")
        {
            Description = $"the hash strategy, in place of the client's: {string.Join(", ", Strategies.Keys)}",
            HelpName = "strategy",
        };
        return option.TakesOnly([.. Strategies.Keys]);
    }
}

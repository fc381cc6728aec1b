using System.CommandLine;
using TypedCache.Hashing;

namespace TypedCache.Tool;

/// <summary>The options which describe a cluster: its servers, and the client whose view of them is wanted.</summary>
internal sealed class ClusterOptions
{
    private static readonly Dictionary<string, Func<MemcachedPoolOptions>> Presets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["typedcache"] = () => new MemcachedPoolOptions(),
        ["pecl"] = () => MemcachedPoolOptions.ForPeclMemcache(),
        ["pecl2"] = () => MemcachedPoolOptions.ForPeclMemcache2(),
        ["php-memcached"] = () => MemcachedPoolOptions.ForPhpMemcached(),
        ["php-memcached-consistent"] = () => MemcachedPoolOptions.ForPhpMemcached(PhpMemcachedDistribution.Consistent),
        ["php-memcached-ketama"] = () => MemcachedPoolOptions.ForPhpMemcached(PhpMemcachedDistribution.Ketama),
    };

    private readonly Option<string> _servers = new("--servers", "-s")
    {
        Description = "the servers in the order of the client, such as \"cache-1:11211, cache-2:11211 weight=2\"",
        HelpName = "host:port,...",
        Required = true,
    };

    private readonly Option<string> _preset = CreatePreset();

    private readonly Option<string> _prefix = new("--prefix")
    {
        Description = "the prefix which the client puts in front of every key",
        HelpName = "text",
        DefaultValueFactory = _ => "",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_servers);
        command.Add(_preset);
        command.Add(_prefix);
    }

    /// <summary>Makes the pool which the options describe.</summary>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public MemcachedPool Connect(ParseResult parsed)
    {
        var options = Presets[parsed.GetValue(_preset)!]().AddServers(parsed.GetValue(_servers)!);
        options.KeyPrefix = parsed.GetValue(_prefix)!;
        return MemcachedPool.Connect(options);
    }

    private static Option<string> CreatePreset()
    {
        var option = new Option<string>("--preset", "-p")
        {
            Description = $"the client whose rules apply: {string.Join(", ", Presets.Keys)}",
            HelpName = "client",
            DefaultValueFactory = _ => "typedcache",
        };
        return option.AcceptOnlyFromAmong([.. Presets.Keys]);
    }
}

using System.Globalization;

namespace TypedCache.Pool;

/// <summary>The value of a setting in a connection string, as what it means.</summary>
/// <param name="name">The setting.</param>
/// <param name="value">Its text.</param>
/// <param name="mayShow">Whether messages may show the value.</param>
internal readonly struct SettingValue(string name, string value, bool mayShow)
{
    /// <summary>Refuses what has been given before.</summary>
    public T Once<T>(T? known, T given)
        where T : struct => known is null ? given : throw ConnectionStringMistakes.Twice(name);

    /// <summary>Refuses what has been given before.</summary>
    public T Once<T>(T? known, T given)
        where T : class => known is null ? given : throw ConnectionStringMistakes.Twice(name);

    public bool AsBoolean() => Lower switch
    {
        "true" => true,
        "false" => false,
        _ => throw NotValid("Write true or false."),
    };

    public TimeSpan AsTime() => DurationText.TryParse(value) ?? throw NotValid("Write a time such as 200ms, 2s, 1m30s, or never.");

    public int AsNumber() => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw NotValid("Write a whole number.");

    public IReadOnlyList<MemcachedServerOptions> AsServers()
    {
        try
        {
            return ServerList.Parse(value);
        }
        catch (ArgumentException mistake) when (mayShow)
        {
            throw ConnectionStringMistakes.In(name, mistake);
        }
        catch (ArgumentException)
        {
            throw NotValid("Write servers, separated by commas: spare-1:11211, spare-2:11211.");
        }
    }

    public MemcachedPreset AsPreset() => PresetNames.Find(value) ?? throw NotValid($"Write {PresetNames.All}.");

    public MemcachedHashStrategy AsHashStrategy() => Lower switch
    {
        "consistent" => MemcachedHashStrategy.Consistent,
        "standard" => MemcachedHashStrategy.Standard,
        "rendezvous" => MemcachedHashStrategy.Rendezvous,
        _ => throw NotValid("Write consistent, standard or rendezvous."),
    };

    public MemcachedProtocol AsProtocol() => Lower switch
    {
        "auto" => MemcachedProtocol.Auto,
        "meta" => MemcachedProtocol.Meta,
        "classic" => MemcachedProtocol.Classic,
        _ => throw NotValid("Write auto, meta or classic."),
    };

    public ServerFailurePolicy AsFailurePolicy() => Lower switch
    {
        "throw" => ServerFailurePolicy.Throw,
        "miss" => ServerFailurePolicy.Miss,
        _ => throw NotValid("Write throw or miss."),
    };

    private string Lower => value.ToLowerInvariant();

    private ArgumentException NotValid(string fix) => ConnectionStringMistakes.NotValid(name, mayShow ? value : null, fix);
}

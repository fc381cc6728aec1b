using Microsoft.Extensions.Configuration;

namespace TypedCache.Hosting;

/// <summary>
/// Finds keys of configuration that are no setting: a typing mistake must not pass unnoticed. The binder could only refuse them without a
/// suggestion, and would take the names of pools for some.
/// </summary>
internal static class UnknownKeys
{
    /// <summary>The mistakes in the section of one pool.</summary>
    public static IEnumerable<string> InPool(IConfigurationSection section) => Keys(section)
        .Where(static child => !SettingNames.Contains(SettingNames.All, child.Key))
        .Select(static child => Describe(child, SettingNames.All))
        .Concat(InGroups(section));

    /// <summary>
    /// The mistakes in the common section, where the sections of pools stand too. One of another application's pools is no mistake, unless
    /// it is named almost like a pool or a setting.
    /// </summary>
    public static IEnumerable<string> InCommon(IConfigurationSection section, IReadOnlyCollection<string> pools)
    {
        string[] names = [.. SettingNames.All, .. pools];
        return Keys(section)
            .Where(child => !SettingNames.Contains(names, child.Key))
            .Where(child => child.Value is not null || Suggestion.Find(child.Key, names) is not null)
            .Select(child => Describe(child, names))
            .Concat(InGroups(section));
    }

    // One that is null has been taken away.
    private static IEnumerable<IConfigurationSection> Keys(IConfigurationSection section) => section.GetChildren().Where(static child => child.Exists());

    private static IEnumerable<string> InGroups(IConfigurationSection section) =>
    [
        .. InGroup(section.GetSection(nameof(TypedCacheSettings.Tls)), SettingNames.OfTls),
        .. InGroup(section.GetSection(nameof(TypedCacheSettings.SickServers)), SettingNames.OfSickServers),
        .. InGroup(section.GetSection(nameof(TypedCacheSettings.ServerChanges)), SettingNames.OfServerChanges),
    ];

    private static IEnumerable<string> InGroup(IConfigurationSection group, IReadOnlyList<string> names) => Keys(group)
        .Where(child => !SettingNames.Contains(names, child.Key))
        .Select(child => Describe(child, names));

    private static string Describe(IConfigurationSection key, IReadOnlyList<string> names) => Suggestion.Find(key.Key, names) is { } meant
        ? $"{key.Path} is not a setting. Did you mean {meant}?"
        : $"{key.Path} is not a setting. Settings are: {string.Join(", ", names)}.";
}

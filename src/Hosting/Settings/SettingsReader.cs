using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TypedCache.Hosting;

/// <summary>
/// Reads the settings of one pool from configuration: the common section, that of its name, its connection string. What goes wrong is kept
/// for the validation, which tells of all of it at once.
/// </summary>
internal sealed class SettingsReader(PoolRegistration registration, IConfiguration? configuration) : IConfigureNamedOptions<TypedCacheSettings>
{
    public void Configure(TypedCacheSettings options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, TypedCacheSettings options)
    {
        if (name != registration.OptionsName || configuration is null)
        {
            return;
        }

        var common = configuration.GetSection(TypedCacheSettings.SectionName);
        options.Mistakes.AddRange(UnknownKeys.InCommon(common, registration.Neighbors()));
        Read(common, options);
        if (registration.Name.Length > 0)
        {
            var own = common.GetSection(registration.Name);
            options.Mistakes.AddRange(UnknownKeys.InPool(own));
            Read(own, options);
            ReadConnectionString(configuration, options);
        }
    }

    private static void Read(IConfigurationSection section, TypedCacheSettings settings)
    {
        ReplaceList(section.GetSection(nameof(TypedCacheSettings.Servers)), settings.Servers, settings);
        ReplaceList(section.GetSection(nameof(TypedCacheSettings.Spares)), settings.Spares, settings);
        var files = section.GetSection($"{nameof(TypedCacheSettings.Tls)}:{nameof(TypedCacheTlsSettings.TrustedAuthorityFiles)}");
        ReplaceList(files, settings.Tls.TrustedAuthorityFiles, settings);
        try
        {
            section.Bind(settings);
        }
        catch (Exception mistake) when (mistake is InvalidOperationException or FormatException or ArgumentException)
        {
            settings.Mistakes.Add(mistake.Message + PresetFix(section));
        }

        ConnectionStringSettings.Apply(settings, $"{section.Path}:{nameof(TypedCacheSettings.ConnectionString)}");
    }

    // The binder says what it cannot convert, and not what it could.
    private static string PresetFix(IConfigurationSection section)
    {
        var (preset, names) = (section[nameof(TypedCacheSettings.Preset)], Enum.GetNames<MemcachedPreset>());
        return preset is null || Enum.TryParse<MemcachedPreset>(preset, ignoreCase: true, out _) ? ""
            : Suggestion.Find(preset, names) is { } meant ? $" Did you mean {meant}?"
            : $" Presets are: {string.Join(", ", names)}.";
    }

    // The binder adds to a list, and a later section has to replace it.
    private static void ReplaceList(IConfigurationSection section, IList<string> list, TypedCacheSettings settings)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            settings.Mistakes.Add($"{section.Path} is a list, and has a text: write [ \"...\" ], or {section.Path}:0 for an environment variable.");
        }

        if (section.GetChildren().Any())
        {
            list.Clear();
        }
    }

    private void ReadConnectionString(IConfiguration from, TypedCacheSettings settings)
    {
        if (from.GetConnectionString(registration.Name) is { Length: > 0 } text)
        {
            settings.ConnectionString = text;
            ConnectionStringSettings.Apply(settings, registration.ConnectionStringPath);
        }
    }
}

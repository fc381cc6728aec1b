namespace TypedCache.Hosting;

/// <summary>The names of all registered pools.</summary>
internal sealed class PoolNames
{
    private readonly List<string> _names = [];

    public IReadOnlyCollection<string> All => _names;

    /// <summary>Adds a name.</summary>
    /// <exception cref="ArgumentException">It is none, or could not be told from a setting.</exception>
    public void Add(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains(':', StringComparison.Ordinal) || SettingNames.Contains(SettingNames.All, name))
        {
            throw new ArgumentException($"A cache cannot be called '{name}': the section {TypedCacheSettings.SectionName}:{name} would be something else. Choose another name.", nameof(name));
        }

        if (!SettingNames.Contains(_names, name))
        {
            _names.Add(name);
        }
    }
}

namespace TypedCache.Pool;

/// <summary>One <c>name=value</c> of a connection string.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Value">Without quotes and escapes.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
internal sealed record SettingText(string Name, string Value, bool IsQuoted)
{
    /// <summary>The name; the value may be a password.</summary>
    public override string ToString() => Name;
}

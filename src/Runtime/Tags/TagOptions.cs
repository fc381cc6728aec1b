namespace TypedCache;

/// <summary>How reads of one kind of value look at their tags. Make one object per kind of value and share it; it never changes.</summary>
public sealed class TagOptions
{
    /// <summary>
    /// How the versions of tags are kept in this process, which bounds for how long an invalidation by another process goes unseen; null:
    /// each read asks for them. One second by default.
    /// </summary>
    public NearOptions? Near { get; init; } = new() { Duration = TimeSpan.FromSeconds(1), SharesValues = true };

    /// <summary>
    /// Whether plain reads return a value of which a tag was invalidated (not removed), as they do where a key was invalidated. Right where
    /// the key has <see cref="GetOrCreateOptions.Stale"/>. Default: false, it is a miss. Get-or-create operations go by their own options.
    /// </summary>
    public bool ServesInvalidated { get; init; }
}

namespace TypedCache;

/// <summary>What a button of the live page was pressed for.</summary>
public sealed class TypedCacheDashboardCall
{
    /// <summary>The pool: that of the server, or the application's first.</summary>
    public required MemcachedPool Pool { get; init; }

    /// <summary>The server; null unless the button is <see cref="TypedCacheDashboardAction.IsPerServer"/>.</summary>
    public MemcachedServer? Server { get; init; }

    /// <summary>What was chosen of <see cref="TypedCacheDashboardAction.Choices"/>; null where there is nothing to choose from.</summary>
    public string? Choice { get; init; }
}

using TypedCache.AspNetCore.Dashboard;

namespace TypedCache;

/// <summary>What the live page of the caches shows, and what may be done there. Read once, when the page is mapped.</summary>
public sealed class TypedCacheDashboardOptions
{
    /// <summary>The headline of the page. Default: the application's name.</summary>
    public string Title { get; set; } = "";

    /// <summary>
    /// Whether the page has buttons: to take a server out of use and to use it again, to flush all servers, and those of <see cref="Actions"/>.
    /// Default: false, the page is read only. Whoever may see the page may press them.
    /// </summary>
    public bool AllowActions { get; set; }

    /// <summary>The application's own buttons, in this order. They are there only with <see cref="AllowActions"/>.</summary>
    public IList<TypedCacheDashboardAction> Actions { get; } = [];

    /// <summary>Durations that are shown side by side: those of a histogram of the application, by one of its tags.</summary>
    public IList<TypedCacheDashboardComparison> Comparisons { get; } = [];

    /// <summary>Checks what the application has set.</summary>
    /// <exception cref="ArgumentException">Something is not valid; the message names it.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Title))
        {
            throw new ArgumentException($"{nameof(TypedCacheDashboardOptions)}.{nameof(Title)} is empty. Leave it out for the application's name.");
        }

        var names = new HashSet<string>(ServerActions.Names, StringComparer.Ordinal);
        foreach (var action in Actions)
        {
            if (action is null)
            {
                throw new ArgumentException($"{nameof(TypedCacheDashboardOptions)}.{nameof(Actions)} has null in it.");
            }

            if (!names.Add(action.Name))
            {
                throw new ArgumentException($"There are two actions called '{action.Name}' on the page; those of TypedCache are {string.Join(", ", ServerActions.Names)}. Give it another name.");
            }
        }

        if (Comparisons.Contains(null!))
        {
            throw new ArgumentException($"{nameof(TypedCacheDashboardOptions)}.{nameof(Comparisons)} has null in it.");
        }
    }
}

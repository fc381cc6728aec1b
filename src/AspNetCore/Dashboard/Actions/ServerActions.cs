namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The buttons that every page with buttons has.</summary>
internal static class ServerActions
{
    private static readonly TypedCacheDashboardAction[] All =
    [
        new("disable", "Take out of use", static (call, _) =>
        {
            call.Server!.Disable();
            return ValueTask.FromResult($"{call.Server.Name} is out of use: its keys go to other servers.");
        }) { IsPerServer = true },
        new("enable", "Use again", static (call, _) =>
        {
            call.Server!.Enable();
            return ValueTask.FromResult($"{call.Server.Name} may be used again.");
        }) { IsPerServer = true },
        new("flush", "Flush all servers", static async (call, cancellationToken) =>
        {
            await call.Pool.FlushAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return "All servers are empty.";
        }) { NeedsConfirmation = true },
    ];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Select(static action => action.Name);

    /// <summary>The buttons as the page gets them.</summary>
    public static IEnumerable<ActionView> Views => All.Select(static action => new ActionView(action.Name, action.Label, action.IsPerServer, action.NeedsConfirmation, []));

    /// <summary>All buttons of a page.</summary>
    /// <param name="own">Those of the application.</param>
    public static Dictionary<string, TypedCacheDashboardAction> With(IEnumerable<TypedCacheDashboardAction> own)
    {
        var actions = new Dictionary<string, TypedCacheDashboardAction>(StringComparer.Ordinal);
        foreach (var action in (TypedCacheDashboardAction[])[.. All, .. own])
        {
            actions.Add(action.Name, action);
        }

        return actions;
    }
}

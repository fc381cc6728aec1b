namespace TypedCache.AspNetCore.Dashboard;

/// <summary>What a page gets first, and what does not change while the application runs.</summary>
/// <param name="Title">The headline.</param>
/// <param name="Instance">Tells one run of the application from the next.</param>
/// <param name="Window">How many seconds the durations are of that are called current.</param>
/// <param name="Actions">The buttons; null: the page is read only.</param>
/// <param name="Comparisons">The headlines of what is compared.</param>
internal sealed record Hello(string Title, string Instance, int Window, ActionView[]? Actions, string[] Comparisons);

/// <summary>A button.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Label">What is written on it.</param>
/// <param name="PerServer">Whether each server has one.</param>
/// <param name="Confirm">Whether the page asks first.</param>
/// <param name="Choices">What there is to choose from.</param>
internal sealed record ActionView(string Name, string Label, bool PerServer, bool Confirm, IReadOnlyList<string> Choices);
